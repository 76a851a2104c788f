import Glibc
package import Logging

/// Writes log lines as the journal of systemd wants them: the priority first, and no time; or in
/// another form.
///
/// The journal knows the time and the program itself, and takes every line for an entry.
package struct JournalLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info
    private let write: @Sendable (String) -> Void
    private let form: @Sendable (String, Logger.Level) -> String

    /// Gives `write` one line at a time, without its end, in this form.
    package init(
        write: @escaping @Sendable (String) -> Void,
        form: @escaping @Sendable (String, Logger.Level) -> String = line
    ) {
        self.write = write
        self.form = form
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }
            .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        let failure = event.error.map { " error=\($0)" } ?? ""
        write(form("\(event.message)\(facts.joined())\(failure)", event.level))
    }

    /// `text` on one line, behind the priority of `level`.
    package static func line(_ text: String, _ level: Logger.Level) -> String {
        "<\(priority(level))>\(text.inOneLine)"
    }

    /// Whether what is written to `descriptor` goes to the journal.
    ///
    /// - Parameters:
    ///   - descriptor: where lines are written.
    ///   - stream: `$JOURNAL_STREAM`, the device and inode of the journal's socket. Children inherit
    ///     it, so it alone tells nothing about their own streams.
    /// - Returns: true when they are the same.
    package static func isJournal(_ descriptor: Int32, stream: String?) -> Bool {
        var status = stat()
        guard let stream, fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
