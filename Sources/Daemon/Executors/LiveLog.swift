import Glibc
import Synchronization

/// What a worker writes about a job while it works on it, in a file for whoever follows the job.
///
/// It is for watching only: what is kept of an attempt is written when it has ended, and whatever
/// goes wrong here harms no job.
final class LiveLog: Sendable {
    private struct State {
        var file: Descriptor?
        var bytes = 0
    }

    /// A file with more bytes than this begins afresh.
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
        state.withLock { state in
            if state.file == nil || state.bytes > largest {
                let isFirst = state.file == nil
                state.file = begin()
                state.bytes = 0
                write(Array(Self.title(of: attempt).utf8), &state)
                if !isFirst { write(Array("… earlier lines left out …\n".utf8), &state) }
            }
            write(bytes, &state)
        }
    }

    /// The line that an attempt begins with in every log.
    static func title(of attempt: Int) -> String { "attempt \(attempt)\n" }

    /// A new file in the place of what another attempt has left.
    private func begin() -> Descriptor? {
        unlink(path)
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
        return number < 0 ? nil : Descriptor(number)
    }

    private func write(_ bytes: [UInt8], _ state: inout State) {
        guard let file = state.file else { return }
        _ = Glibc.write(file.number, bytes, bytes.count)
        state.bytes += bytes.count
    }
}
