import FoundationEssentials
import Glibc
package import Jobs

/// Sends events, one line each.
package struct EventWriter: Sendable {
    private let descriptor: Int32
    /// Whether every event is brought to the disk, so that other machines can read it.
    private let isSynced: Bool

    /// A writer to `descriptor`, which stays open.
    package init(_ descriptor: Int32, isSynced: Bool = false) {
        self.descriptor = descriptor
        self.isSynced = isSynced
    }

    /// A writer to a new file at `path`.
    ///
    /// - Throws: `StreamError`, with `EEXIST` when another worker has written there.
    package static func creating(_ path: String) throws(StreamError) -> EventWriter {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC
        let file = open(path, flags, 0o644)
        guard file >= 0 else { throw StreamError(code: errno) }
        return EventWriter(file, isSynced: true)
    }

    /// Keeps standard output for events alone: from now on, whatever a library prints goes to
    /// standard error.
    ///
    /// - Throws: `StreamError` when the system refuses.
    package static func takingStandardOutput() throws(StreamError) -> EventWriter {
        let own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        guard own >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            throw StreamError(code: errno)
        }
        return EventWriter(own)
    }

    /// Sends `event`.
    ///
    /// - Throws: `StreamError` when nobody listens any more, `EncodingError` when a number in it
    ///   is not finite.
    package func send(_ event: WorkerEvent) throws {
        var bytes = Array(try WorkerLine.encode(event))[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StreamError(code: errno) }
            bytes = bytes.dropFirst(count)
        }
        if isSynced, fsync(descriptor) != 0 { throw StreamError(code: errno) }
    }
}
