import Arrays
import Foundation
import Images
import Jobs
import Pipeline
import TestSupport
import Testing
import Worker

@Suite struct PreviewTests {
    private struct Refused: Error, CustomStringConvertible {
        let description = "no space is left"
    }

    /// A time that goes on only when a test says so.
    private final class Hours {
        var now = ContinuousClock.now
    }

    private static func picture(_ side: Int, level: UInt8 = 7) throws -> Picture {
        try Picture(
            pixels: HostArray(
                [UInt8](repeating: level, count: side * side), shape: [side, side, 1]))
    }

    /// The iterations of a solver that takes a tenth of a second for each, and the picture of
    /// which costs `cost`; gives those that were shown.
    private func shown(of iterations: Int, cost: Duration, jobs: Int = 1) -> [Int] {
        let hours = Hours()
        var shown: [Int] = []
        var preview = Preview(among: jobs, now: { hours.now }) { _ in hours.now += cost }
        for iteration in 0..<iterations {
            let step = JobStep.step("a", iteration: iteration) {
                shown.append(iteration)
                return [try Self.picture(8)]
            }
            #expect(preview.offer(step) == nil)
            hours.now += .milliseconds(100)
        }
        return shown
    }

    @Test func `a picture comes once a second, and not in the first one`() {
        #expect(shown(of: 36, cost: .zero) == [10, 20, 30])
    }

    @Test(arguments: [Duration.milliseconds(30), .milliseconds(200), .seconds(3)])
    func `pictures take a hundredth of the time`(_ cost: Duration) {
        let iterations = 20_000
        let count = shown(of: iterations, cost: cost).count
        let share = cost * count / (.milliseconds(100) * iterations)
        #expect(share <= 0.011 && share > 0.0085, "\(share)")
    }

    @Test func `jobs that are solved together share a hundredth of the time`() {
        #expect(shown(of: 2000, cost: .milliseconds(100), jobs: 5) == [10, 509, 1008, 1507])
    }

    @Test func `a solver does not notice that pictures are impossible, and is told once`() throws {
        let hours = Hours()
        var preview = Preview(now: { hours.now }) { _ in throw Refused() }
        var warnings: [String] = []
        for iteration in 0..<100 {
            let step = JobStep.step("a", iteration: iteration) { [try Self.picture(8)] }
            if let warning = preview.offer(step) { warnings.append(warning) }
            hours.now += .milliseconds(100)
        }
        #expect(warnings == ["there is no live picture: no space is left"])
    }

    @Test func `the file is whole or not there, and nothing else is left`() throws {
        try withTemporaryDirectory { folder in
            let hours = Hours()
            var preview = Preview(folder.path, now: { hours.now })
            for level in [1, 2, 3] as [UInt8] {
                let step = JobStep.step("a", iteration: 1) { [try Self.picture(8, level: level)] }
                #expect(preview.offer(step) == nil)
                hours.now += .seconds(1)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names == [LivePicture.name])
            let file = folder.appending(path: LivePicture.name)
            let picture = try Picture(decoding: [UInt8](Data(contentsOf: file)), name: "preview")
            #expect(picture.pixels.bytes.contains(3) && !picture.pixels.bytes.contains(2))
            // A folder in its place is what a disk that refuses looks like.
            try FileManager.default.removeItem(at: file)
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            let step = JobStep.step("a", iteration: 1) { [try Self.picture(8)] }
            #expect(preview.offer(step)?.contains("there is no live picture") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == names)
        }
    }

    @Test(arguments: [
        (1, 28, 16), (4, 28, 16), (64, 28, 16), (64, 64, 9), (9, 100, 4), (3, 600, 1),
    ])
    func `a sheet is small whatever it shows`(_ count: Int, _ side: Int, _ most: Int) throws {
        let pictures = try (0..<count).map { _ in try Self.picture(side) }
        let sheet = try PreviewSheet(pictures).picture
        #expect(max(sheet.width, sheet.height) <= LivePicture.side)
        let shown = sheet.pixels.bytes.count { $0 == 7 }
        let cell = min(side, LivePicture.side)
        #expect(shown == min(count, most) * cell * cell)
    }

    @Test func `a sheet of nothing is refused`() {
        #expect(throws: ImageError.self) { try PreviewSheet([]) }
    }
}
