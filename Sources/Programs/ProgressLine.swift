/// Shows how far some work is: a bar on a terminal, else one line for every tenth.
package struct ProgressLine {
    private let title: String
    private let unit: String
    private let isTerminal: Bool
    private let write: (String) -> Void
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastTenth = 0
    private var lastDrawn: ContinuousClock.Instant?

    private static let width = 30

    /// For work called `title` on things called `unit`, in the plural.
    package init(
        _ title: String, unit: String = "", isTerminal: Bool = StandardError.isTerminal,
        write: @escaping (String) -> Void = StandardError.writeRaw
    ) {
        self.title = title
        self.unit = unit
        self.isTerminal = isTerminal
        self.write = write
        start = clock.now
    }

    /// Shows that `done` of `total` are done, with the speed so far and the time left.
    package mutating func show(_ done: Int, of total: Int) {
        let fraction = total > 0 ? Double(done) / Double(total) : 1
        show(fraction) { [unit] elapsed in
            guard elapsed > 0, done > 0 else { return "\(done) of \(total) \(unit)" }
            let speed = Double(done) / elapsed
            let left = Self.left(Double(total - done) / speed)
            return "\(done) of \(total) \(unit), \(Int(speed.rounded())) a second\(left)"
        }
    }

    /// Shows that this part of the work is done, from 0 to 1, with `summary` behind it.
    package mutating func show(
        _ fraction: Double, summary: @autoclosure () -> String, secondsLeft: Double?
    ) {
        show(fraction) { _ in summary() + (secondsLeft.map(Self.left) ?? "") }
    }

    /// Removes the bar, so that other lines can be written.
    package func clear() {
        if isTerminal, lastDrawn != nil { write("\r\u{1B}[K") }
    }

    private mutating func show(_ fraction: Double, _ summary: (Double) -> String) {
        let fraction = fraction > 0 ? min(fraction, 1) : 0
        let now = clock.now
        let elapsed = (now - start) / .seconds(1)
        guard isTerminal else {
            let tenth = Int(10 * fraction)
            guard tenth > lastTenth else { return }
            lastTenth = tenth
            return write("\(title): \(10 * tenth) %, \(summary(elapsed))\n")
        }
        if let lastDrawn, now - lastDrawn < .milliseconds(100), fraction < 1 { return }
        lastDrawn = now
        let filled = Int(Double(Self.width) * fraction)
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: Self.width - filled)
        write("\r\u{1B}[K\(title) [\(bar)] \(summary(elapsed))")
    }

    private static func left(_ seconds: Double) -> String {
        guard seconds > 0, seconds < 1e9 else { return "" }
        let whole = Int(seconds.rounded(.up))
        guard whole >= 3600 else { return ", \(whole / 60) min \(whole % 60) s left" }
        return ", \(whole / 3600) h \(whole / 60 % 60) min left"
    }
}
