import Solvers
import TensorSupport
import Testing

/// Where windows lie along a side, and how often each pixel is seen.
@Suite struct WindowLineTests {
    /// Length, window and step.
    static let sides = [
        (4, 4, 4), (9, 4, 4), (12, 4, 3), (11, 5, 5), (13, 5, 2), (64, 64, 48), (100, 64, 64),
        (7, 2, 1), (17, 8, 3), (40, 4, 4), (40, 4, 3), (300, 64, 48),
    ]

    /// How often each pixel counts, on average over all shifts.
    static func coverage(_ lines: [WindowLine]) -> [Double] {
        var counts = [Double](repeating: 0, count: lines.first?.length ?? 0)
        for line in lines {
            for (place, weight) in zip(line.places, line.weights) {
                for pixel in place..<place + line.window {
                    counts[pixel] += weight / Double(lines.count)
                }
            }
        }
        return counts
    }

    static func shifted(_ length: Int, _ window: Int, _ step: Int) -> [WindowLine] {
        (0..<step).map {
            WindowLine.shifted(length: length, window: window, step: step, shift: $0)
        }
    }

    private func check(_ line: WindowLine, step: Int) {
        #expect(line.places.first == 0 && line.places.last == line.length - line.window)
        let gaps = zip(line.places, line.places.dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { (1...step).contains($0) })
        #expect(Set(line.pixels) == Set(0..<line.length))
        let total = Self.coverage([line]).reduce(0, +)
        #expect(abs(total - Double(line.length)) < 1e-9)
    }

    @Test(arguments: sides)
    func `every line covers all, stays inside and counts as many pixels as there are`(
        _ length: Int, _ window: Int, _ step: Int
    ) {
        check(.even(length: length, window: window, step: step), step: step)
        for line in Self.shifted(length, window, step) { check(line, step: step) }
    }

    /// Pixels two windows away from the borders count once, and those nearer nearly so.
    private func expectFairness(_ lines: [WindowLine]) throws {
        let counts = Self.coverage(lines)
        #expect(counts.allSatisfy { (0.5...1.6).contains($0) })
        let (length, window) = (lines[0].length, lines[0].window)
        guard length > 4 * window else { return }
        let middle = Array(counts[2 * window..<length - 2 * window])
        try expectClose(
            middle, middle.map { _ in 1 }, tolerance: Tolerance(absolute: 1e-12), "the middle")
    }

    @Test(arguments: sides)
    func `over all shifts every pixel counts once, but for the borders`(
        _ length: Int, _ window: Int, _ step: Int
    ) throws {
        try expectFairness(Self.shifted(length, window, step))
    }

    @Test func `the law notices lines that do not move`() {
        let line = WindowLine.even(length: 41, window: 4, step: 3)
        withKnownIssue { try expectFairness([line]) }
    }

    @Test func `the law notices shifts that are left out`() {
        withKnownIssue { try expectFairness(Self.shifted(40, 4, 3).dropLast()) }
    }

    @Test(arguments: sides)
    func `the number of windows is linear in the length`(
        _ length: Int, _ window: Int, _ step: Int
    ) {
        for line in Self.shifted(length, window, step) {
            let least = (length - window + step - 1) / step + 1
            #expect((least...least + 1).contains(line.places.count))
        }
    }
}
