import Arrays
import Foundation
import TestSupport
import Testing

/// Samples of the posterior, from the job file to the result.
@Suite(.timeLimit(.minutes(20))) struct SamplingJobTests {
    private func job(_ output: String) -> String {
        """
        version: 1
        images: a.png
        given: truth
        noise: {gaussian: {std: 0.1}}
        prior: tiny
        solver: {langevin: {samples: 3, steps: 12}}
        output: \(output)

        """
    }

    private func image(_ world: SmallWorld) throws -> JSONValue {
        let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
        return try #require(result["images"]?.array?.first)
    }

    @Test func `deviations and samples are files of the result`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(job("{arrays: true}"))
            let image = try image(world)
            #expect(image["deviation"]?.string == "deviation/a.png")
            #expect(image["samples"]?.string == "samples/a.png")
            #expect(image["posterior"]?["samples"]?.number == 3)
            func shape(_ path: String) throws -> [Int] {
                try NPYFile(parsing: world.bytes(path), context: path).array.shape
            }
            let picture = try shape("out/restored/a.npy")
            #expect(try shape("out/deviation/a.npy") == picture)
            #expect(try shape("out/samples/a.npy") == [3] + picture)
            #expect(image["interval"]?.string == "interval/a.npy")
            #expect(try shape("out/interval/a.npy") == [2] + picture)
            let share = try #require(image["posterior"]?["interval_covers"]?.number)
            #expect((0...1).contains(share))
            // A mean of samples is no picture that a model would make.
            #expect(image["prior_quantile"] == nil)
        }
    }

    @Test func `without pictures the deviations stay as numbers`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(job("{images: none, report: false}"))
            #expect(try image(world)["deviation"]?.string == "deviation/a.npy")
            #expect(try image(world)["samples"] == nil)
            #expect(try image(world)["interval"]?.string == "interval/a.npy")
        }
    }
}
