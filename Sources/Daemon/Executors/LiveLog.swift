import Dispatch
import Glibc
import Synchronization

/// What a worker writes about a job while it works on it, in a file for whoever follows the job.
///
/// It is for watching only: what is kept of an attempt is written when it has ended, and whatever
/// goes wrong here harms no job. On a disk that hangs one thread waits, and nobody for it.
final class LiveLog: Sendable {
    private struct State {
        var file: Descriptor?
        var bytes = 0
        /// What has been said and is not written yet.
        var pending: [UInt8] = []
        var isCut = false
        var isClosed = false
    }

    private static let queue = DispatchQueue(label: "sluice.live")

    /// A file with more bytes than this begins afresh; so much may wait to be written.
    private let largest: Int
    private let path: String
    private let attempt: Int
    private let state = Mutex(State())

    /// A log of attempt `attempt` at the absolute path `path`; there is no file before its first
    /// line.
    init(_ path: String, attempt: Int, largest: Int = 1 << 20) {
        self.path = path
        self.attempt = attempt
        self.largest = largest
    }

    /// The log of `attempt`; nil when nobody could read it.
    convenience init?(_ attempt: Attempt) {
        guard let path = attempt.log else { return nil }
        self.init(path, attempt: attempt.number)
    }

    func append(_ bytes: [UInt8]) {
        let isFirst = state.withLock { state in
            let isFirst = state.pending.isEmpty
            if state.pending.count > largest {
                state.pending = []
                state.isCut = true
            }
            state.pending += bytes
            return isFirst
        }
        if isFirst { Self.queue.async { self.write() } }
    }

    /// The attempt has ended: what is not written yet never is.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    /// The line that an attempt begins with in every log.
    static func title(of attempt: Int) -> String { "attempt \(attempt)\n" }

    /// Writes what is pending; only the queue does that, one after the other.
    private func write() {
        let taken = state.withLock { state in
            defer { (state.pending, state.isCut) = ([], false) }
            return state
        }
        guard !taken.isClosed else { return }
        var (file, bytes, text) = (taken.file, taken.bytes, taken.pending)
        if file == nil || bytes > largest || taken.isCut {
            let isWhole = file == nil && !taken.isCut
            let left = isWhole ? "" : "… earlier lines left out …\n"
            text = Array((Self.title(of: attempt) + left).utf8) + text
            (file, bytes) = (begin(), 0)
        }
        guard let file else { return }
        _ = Glibc.write(file.number, text, text.count)
        state.withLock { ($0.file, $0.bytes) = (file, bytes + text.count) }
    }

    /// A new file in the place of what another attempt has left.
    private func begin() -> Descriptor? {
        unlink(path)
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
        return number < 0 ? nil : Descriptor(number)
    }
}
