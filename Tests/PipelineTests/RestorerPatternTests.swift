import Pipeline
import Reports
import TestSupport
import Testing

/// Several jobs whose pictures are a pattern, in shared batches.
@Suite struct RestorerPatternTests {
    private static let pattern = """
        version: 1
        images: p*.png
        given: truth
        noise: {gaussian: {std: 0.1}}
        prior: tiny
        solver: {map: {steps: 4}}

        """

    /// Jobs with a pattern, each in a folder of its own with pictures of the phases given.
    private func patternJobs(_ phases: [[Int]], in world: SmallWorld) throws -> [JobOrder] {
        try phases.enumerated().map { number, phases in
            for (index, phase) in phases.enumerated() {
                try world.write(world.picture(phase: phase), "in\(number)/p\(index).png")
            }
            return try world.order(Self.pattern, number: number, pictures: "in\(number)")
        }
    }

    @Test func `pictures by a pattern share their passes, each job with those that fit`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try patternJobs([[0, 1, 2], [3], [4, 5]], in: world)
            let news = try world.run(orders)
            #expect(news.order == Array(repeating: [0, 1, 2], count: 4).flatMap { $0 })
            #expect(news.failures.isEmpty)
            let names = (0..<3).map { news.outcomes[$0]?.report.images.map(\.name) }
            #expect(names == [["p0.png", "p1.png", "p2.png"], ["p0.png"], ["p0.png", "p1.png"]])
            for number in 0..<3 {
                let together = try #require(news.outcomes[number]).report.images.map(\.objective)
                let order = try world.order(
                    Self.pattern, number: 10 + number, pictures: "in\(number)")
                let alone = try world.run([order])
                let expected = try #require(alone.outcomes[0]).report.images.map(\.objective)
                for (one, other) in zip(together, expected) {
                    let other = try #require(other)
                    #expect(abs(try #require(one) - other) < 1e-4 * abs(other))
                }
            }
        }
    }

    @Test func `a pattern that fits unequal pictures, or none, fails alone`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try patternJobs([[0], [1], [2], []], in: world)
            try world.write(world.picture(phase: 0, side: 12), "in1/p-larger.png")
            try world.write([], "in3/empty.txt")
            let news = try world.run(orders)
            #expect(news.failures.keys.sorted() == [1, 3])
            #expect(news.failures[1]?.contains("12") == true)
            #expect(news.outcomes.keys.sorted() == [0, 2])
            #expect(news.order == Array(repeating: [0, 2], count: 4).flatMap { $0 })
        }
    }

    @Test func `patterns that fit more pictures than a batch holds are solved in several`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try patternJobs([Array(0..<50), Array(50..<80)], in: world)
            let news = try world.run(orders)
            #expect(news.failures.isEmpty)
            #expect(news.outcomes[0]?.report.images.count == 50)
            #expect(news.outcomes[1]?.report.images.count == 30)
            // 64 pictures at a time at most: the rest of the second job comes in a batch of its own.
            #expect(
                news.order
                    == Array(repeating: [0, 1], count: 4).flatMap { $0 }
                    + Array(repeating: 1, count: 4))
        }
    }
}
