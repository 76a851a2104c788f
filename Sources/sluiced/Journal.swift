import Daemon
import Glibc
import Logging
import Programs

/// Where the daemon writes what it does: standard error, as whoever reads that wants it.
enum Journal {
    private static var isSystemd: Bool {
        JournalLogHandler.isJournal(
            STDERR_FILENO, stream: ProcessEnvironment.value("JOURNAL_STREAM"))
    }

    static var logger: Logger {
        guard isSystemd else {
            return Logger(label: "sluiced") { StreamLogHandler.standardError(label: $0) }
        }
        return Logger(label: "sluiced") { _ in JournalLogHandler(write: StandardError.write) }
    }

    /// Says why the daemon does not start, or ends before its time.
    static func complain(_ reason: some CustomStringConvertible) {
        let text = "sluiced: \(reason)"
        StandardError.write(isSystemd ? JournalLogHandler.line(text, .error) : text)
    }
}
