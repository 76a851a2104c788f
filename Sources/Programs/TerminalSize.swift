import Glibc

/// How much a terminal shows at a time.
package struct TerminalSize: Equatable, Sendable {
    private let columns: Int
    private let rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The size of the terminal that `descriptor` is; nil when it is none, or does not say.
    package init?(of descriptor: Int32) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
        else { return nil }
        self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    /// As much of `text`, which ends with a line feed, as the terminal shows at a time.
    ///
    /// Lines that are too long are cut; the last line says how many there are below it.
    package func fitting(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(cut)
        // The cursor is on a line of its own below the text.
        let most = max(rows - 1, 1)
        if lines.count > most {
            let hidden = lines.count - (most - 1)
            lines = lines.prefix(most - 1) + [cut("[\(hidden) more lines]")]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func cut(_ line: some StringProtocol) -> String {
        line.columns > columns ? line.prefix(columns: columns - 1) + "…" : String(line)
    }
}
