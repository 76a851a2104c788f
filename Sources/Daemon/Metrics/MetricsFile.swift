import Dispatch
import Glibc

/// A file that is replaced as a whole, for a program that collects numbers.
///
/// It may lie anywhere, on a disk that hangs too; so it is written by a thread that nobody waits for.
package final class MetricsFile: Sendable {
    package let path: String
    private let queue = DispatchQueue(label: "sluice.metrics")

    package init(path: String) {
        self.path = path
    }

    /// Replaces the file, and calls `done` with what went wrong, if anything did.
    package func write(_ text: String, done: @escaping @Sendable (DaemonError?) -> Void) {
        queue.async { [self] in
            do throws(DaemonError) {
                try replace(with: Array(text.utf8))
                done(nil)
            } catch {
                done(error)
            }
        }
    }

    private func replace(with bytes: [UInt8]) throws(DaemonError) {
        let temporary = "\(path).tmp"
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw failure("write", errno) }
        let isWritten = write(bytes, to: file)
        let reason = errno
        guard close(file) == 0, isWritten else {
            unlink(temporary)
            throw failure("write", isWritten ? EIO : reason)
        }
        guard rename(temporary, path) == 0 else {
            let reason = errno
            unlink(temporary)
            throw failure("replace", reason)
        }
    }

    private func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        // Others read it, whatever the daemon's own files allow.
        guard fchmod(file, 0o644) == 0 else { return false }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func failure(_ operation: String, _ code: Int32) -> DaemonError {
        DaemonError(.system(code), operation, path)
    }
}
