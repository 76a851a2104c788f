import Arrays
import FoundationEssentials
import Images
import Pipeline
import Reports
import Tensors
import TestSupport
import Testing

/// Several jobs that are solved in shared batches.
@Suite struct RestorerTogetherTests {
    /// Noise that is the same for every picture.
    private static let plain = "noise: {gaussian: {std: 0.1}}"
    /// Noise as strong as a picture is bright, of a picture that is not the one to be found.
    private static let uneven =
        "forward: [{blur: {gaussian: 1, size: 5}}]\nnoise: {poisson: {peak: 400}}"

    private static func job(
        _ picture: String, steps: Int = 8, measured: String = plain, solver: String = "map",
        more: String = ""
    ) -> String {
        """
        version: 1
        images: \(picture).png
        given: truth
        \(measured)
        prior: tiny
        solver: {\(solver): {steps: \(steps)}}
        output: {arrays: true}
        \(more)

        """
    }

    private func run(_ jobs: [String], in world: inout SmallWorld) throws -> TogetherNews {
        let orders = try jobs.enumerated().map { try world.order($1, number: $0) }
        return try world.run(orders)
    }

    @Test func `every job of a shared batch sees its own pictures on the way`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try ["a", "b"].enumerated().map {
                try world.order(Self.job($1, steps: 60), number: $0)
            }
            var last: [Int: [Picture]] = [:]
            try world.restorer.restore(orders) { index, news in
                if case .progress(let step) = news { last[index] = try step.pictures(atMost: 9) }
            }
            for (index, name) in ["a", "b"].enumerated() {
                let shown = try #require(last[index])
                #expect(shown.count == 1)
                func distance(to name: String) throws -> Int {
                    let other = try Picture(decoding: world.bytes(name), name: name)
                    return zip(shown[0].pixels.bytes, other.pixels.bytes).reduce(0) { sum, pair in
                        sum + abs(Int(pair.0) - Int(pair.1))
                    }
                }
                let other = try distance(to: "out\(1 - index)/restored/\(["b", "a"][index]).png")
                #expect(try distance(to: "out\(index)/restored/\(name).png") * 4 < other)
            }
        }
    }

    @Test(arguments: [(plain, "map"), (uneven, "map"), (plain, "langevin"), (uneven, "langevin")])
    func `pictures of several jobs share their passes and come out as alone`(
        _ measured: String, _ solver: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.write(world.picture(phase: 3, level: 4), "job/b.png")
            let steps = solver == "map" ? 8 : 40
            func job(_ name: String) -> String {
                Self.job(name, steps: steps, measured: measured, solver: solver)
            }
            let news = try run([job("a"), job("b")], in: &world)
            #expect(news.order.prefix(8) == [0, 1, 0, 1, 0, 1, 0, 1])
            for (index, name) in ["a", "b"].enumerated() {
                let alone = try world.run(job(name), to: "alone\(index)")
                let shared = try #require(news.outcomes[index]?.report.images.first)
                let expected = try #require(alone.report.images.first)
                let objectives = [try #require(shared.objective), try #require(expected.objective)]
                #expect(abs(objectives[0] - objectives[1]) < 1e-4 * abs(objectives[1]))
                let picture = try NPYFile(
                    parsing: world.bytes("out\(index)/restored/\(name).npy"), context: "shared")
                let other = try NPYFile(
                    parsing: world.bytes("alone\(index)/restored/\(name).npy"), context: "alone")
                let difference = zip(
                    try picture.array.values(as: Float.self), try other.array.values(as: Float.self)
                ).map { abs($0 - $1) }.max()
                // Chains go on by chance for a while, and rounding with them.
                #expect(try #require(difference) < (solver == "map" ? 1e-5 : 1e-4))
                #expect(abs((shared.betaFound ?? 0) - (expected.betaFound ?? 0)) < 1e-6)
            }
        }
    }

    @Test(arguments: ["seed: 3", "deterministic: true"])
    func `jobs that differ are solved one after the other`(_ more: String) throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let news = try run([Self.job("a", more: more), Self.job("b")], in: &world)
            #expect(news.order == Array(repeating: 0, count: 8) + Array(repeating: 1, count: 8))
            #expect(news.outcomes.count == 2)
        }
    }

    @Test func `a job that cannot be read fails alone`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let news = try run([Self.job("a"), Self.job("lost"), Self.job("b")], in: &world)
            #expect(news.failures.keys.sorted() == [1])
            #expect(news.outcomes.keys.sorted() == [0, 2])
        }
    }

    @Test func `a job that cannot be written fails alone`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            // Its folder of pictures is a file.
            try world.write([], "out0/restored")
            let news = try run([Self.job("a"), Self.job("b")], in: &world)
            #expect(news.failures.keys.sorted() == [0])
            #expect(news.outcomes.keys.sorted() == [1])
        }
    }

    @Test func `who listens can end the work`() throws {
        struct Enough: Error {}
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try [Self.job("a"), Self.job("b")].enumerated()
                .map { try world.order($1, number: $0) }
            var heard = 0
            #expect(throws: Enough.self) {
                try world.restorer.restore(orders) { _, _ in
                    heard += 1
                    throw Enough()
                }
            }
            #expect(heard == 1)
        }
    }
}
