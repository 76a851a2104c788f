import Glibc

/// Shows how far some work is: a bar on a terminal, else one line for every tenth.
struct ProgressLine {
    private let title: String
    private let unit: String
    private let isTerminal: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastTenth = 0
    private var lastDrawn: ContinuousClock.Instant?

    private static let width = 30

    /// For work called `title` on things called `unit`, in the plural.
    init(_ title: String, unit: String, isTerminal: Bool = StandardError.isTerminal) {
        self.title = title
        self.unit = unit
        self.isTerminal = isTerminal
        start = clock.now
    }

    /// Shows that `done` of `total` are done.
    mutating func show(_ done: Int, of total: Int) {
        if isTerminal { draw(done, of: total) } else { writeTenth(done, of: total) }
    }

    /// Removes the bar, so that other lines can be written.
    func clear() {
        if isTerminal, lastDrawn != nil { StandardError.writeRaw("\r\u{1B}[K") }
    }

    private mutating func draw(_ done: Int, of total: Int) {
        let now = clock.now
        if let lastDrawn, now - lastDrawn < .milliseconds(100), done < total { return }
        lastDrawn = now
        let filled = total > 0 ? Self.width * done / total : Self.width
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: Self.width - filled)
        StandardError.writeRaw("\r\u{1B}[K\(title) [\(bar)] \(summary(done, of: total))")
    }

    private mutating func writeTenth(_ done: Int, of total: Int) {
        let tenth = total > 0 ? 10 * done / total : 10
        guard tenth > lastTenth else { return }
        lastTenth = tenth
        StandardError.write("\(title): \(10 * tenth) %, \(summary(done, of: total))")
    }

    private func summary(_ done: Int, of total: Int) -> String {
        let elapsed = (clock.now - start) / .seconds(1)
        guard elapsed > 0, done > 0 else { return "\(done) of \(total) \(unit)" }
        let speed = Double(done) / elapsed
        let left = Int((Double(total - done) / speed).rounded(.up))
        let time = left > 0 ? ", \(left / 60) min \(left % 60) s left" : ""
        return "\(done) of \(total) \(unit), \(Int(speed.rounded())) a second\(time)"
    }
}
