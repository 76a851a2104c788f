import Glibc

/// Text that is replaced by newer text where it stands.
struct LiveScreen {
    private let isTerminal: Bool
    private var shown: String?

    init(isTerminal: Bool) {
        self.isTerminal = isTerminal
    }

    /// Shows `text` unless it is what is there already.
    mutating func show(_ text: String) {
        guard text != shown else { return }
        // Up to where the last text began, and clear from there: what is above stays.
        let lines = shown?.count { $0 == "\n" } ?? 0
        let start = isTerminal && lines > 0 ? "\u{1B}[\(lines)F\u{1B}[J" : ""
        print(start + (isTerminal ? text : text + "\n"), terminator: "")
        fflush(nil)
        shown = text
    }
}
