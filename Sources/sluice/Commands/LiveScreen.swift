import Glibc
import Programs

/// Text that is replaced by newer text where it stands.
struct LiveScreen {
    private let isTerminal: Bool
    private var shown: String?

    init(isTerminal: Bool) {
        self.isTerminal = isTerminal
    }

    /// Shows `text`, on a terminal as much of it as fits, unless it is what is there already.
    mutating func show(_ text: String) {
        guard isTerminal else { return write(text, ending: "\n") }
        // A line that goes on below itself, or has left the screen, could not be replaced.
        write(TerminalSize(of: STDOUT_FILENO)?.fitting(text) ?? text, ending: "")
    }

    private mutating func write(_ text: String, ending: String) {
        guard text != shown else { return }
        // Up to where the last text began, and clear from there: what is above stays.
        let lines = shown?.count { $0 == "\n" } ?? 0
        let start = isTerminal && lines > 0 ? "\u{1B}[\(lines)F\u{1B}[J" : ""
        print(start + text + ending, terminator: "")
        fflush(nil)
        shown = text
    }
}
