import Solvers
import TensorSupport
import Testing

/// Where windows lie along a side, and how often each pixel is seen.
@Suite struct WindowLineTests {
    /// Length, window and step.
    static let sides = [
        (4, 4, 4), (9, 4, 4), (12, 4, 3), (11, 5, 5), (13, 5, 2), (64, 64, 48), (100, 64, 64),
        (7, 2, 1), (17, 8, 3),
    ]

    /// How often each pixel counts, on average over `lines`.
    private func coverage(_ lines: [WindowLine]) -> [Double] {
        var counts = [Double](repeating: 0, count: lines.first?.length ?? 0)
        for line in lines {
            for pixel in line.pixels { counts[pixel] += line.weight / Double(lines.count) }
        }
        return counts
    }

    private func shifted(_ length: Int, _ window: Int, _ step: Int) -> [WindowLine] {
        (0..<2 * step).map {
            WindowLine.shifted(length: length, window: window, step: step, shift: $0)
        }
    }

    private func expectEveryPixelOnce(_ lines: [WindowLine]) throws {
        let counts = coverage(lines)
        try expectClose(
            counts, counts.map { _ in 1 }, tolerance: Tolerance(absolute: 1e-12), "coverage")
    }

    @Test(arguments: sides)
    func `over all shifts every pixel counts once`(
        _ length: Int, _ window: Int, _ step: Int
    ) throws {
        try expectEveryPixelOnce(shifted(length, window, step))
    }

    @Test func `the law notices windows that are all kept inside`() throws {
        let lines = shifted(13, 4, 4).map { line in
            WindowLine(
                length: 13, window: 4, places: line.places.map { min(max($0, 0), 9) },
                weight: line.weight)
        }
        withKnownIssue { try expectEveryPixelOnce(lines) }
    }

    @Test func `the law notices weights that forget the overlap`() throws {
        let lines = shifted(13, 4, 2).map {
            WindowLine(length: 13, window: 4, places: $0.places, weight: 1)
        }
        withKnownIssue { try expectEveryPixelOnce(lines) }
    }

    @Test func `the law notices windows of even length that always lie to one side`() throws {
        let lines = (0..<4).map {
            WindowLine.shifted(length: 13, window: 4, step: 4, shift: 2 * $0)
        }
        withKnownIssue { try expectEveryPixelOnce(lines) }
    }

    @Test(arguments: sides)
    func `the number of windows is linear in the length`(
        _ length: Int, _ window: Int, _ step: Int
    ) {
        let total = shifted(length, window, step).reduce(0) { $0 + $1.places.count }
        #expect(total == 2 * length)
    }

    @Test(arguments: sides)
    func `an even line covers all, reaches over no border and counts every pixel on average`(
        _ length: Int, _ window: Int, _ step: Int
    ) {
        let line = WindowLine.even(length: length, window: window, step: step)
        #expect(line.places.first == 0 && line.places.last == length - window)
        let gaps = zip(line.places, line.places.dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { (1...step).contains($0) })
        #expect(Set(line.pixels) == Set(0..<length))
        let total = coverage([line]).reduce(0, +)
        #expect(abs(total - Double(length)) < 1e-9)
    }
}
