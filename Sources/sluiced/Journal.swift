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
            return Logger(label: "sluiced") { _ in
                JournalLogHandler(write: StandardError.write, form: timed)
            }
        }
        return Logger(label: "sluiced") { _ in JournalLogHandler(write: StandardError.write) }
    }

    /// A line for people: when, how grave, and what.
    private static func timed(_ text: String, _ level: Logger.Level) -> String {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S%z", &parts)
        let stamp = String(
            decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "\(stamp) \(level) sluiced: \(text.inOneLine)"
    }

    /// Says why the daemon does not start, or ends before its time.
    static func complain(_ reason: some CustomStringConvertible) {
        let text = "sluiced: \(reason)"
        StandardError.write(isSystemd ? JournalLogHandler.line(text, .error) : text)
    }
}
