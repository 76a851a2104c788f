import Arrays
import Foundation
import Pipeline
import Reports
import TestSupport
import Testing

/// Picture and noise as two results, from the job file to the result.
@Suite(.timeLimit(.minutes(20))) struct SeparationJobTests {
    private func job(_ noise: String) -> String {
        """
        version: 1
        images: a.png
        given: truth
        noise: \(noise)
        prior: tiny
        solver: {map: {steps: 5}}
        output: {arrays: true}

        """
    }

    private func image(_ world: SmallWorld) throws -> JSONValue {
        let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
        return try #require(result["images"]?.array?.first)
    }

    private func values(_ world: SmallWorld, _ kind: String) throws -> [Double] {
        try NPYFile(parsing: world.bytes("out/\(kind)/a.npy"), context: kind).array
            .numbers(as: Double.self)
    }

    private func meanSquare(_ values: [Double]) -> Double {
        values.map { $0 * $0 }.reduce(0, +) / Double(values.count)
    }

    @Test func `noise that is looked for is a result of its own`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let outcome = try world.run(job("{flow: {model: tiny, separate: true}}"))
            let image = try image(world)
            let left = zip(try values(world, "measurement"), try values(world, "restored"))
                .map { $0 - $1 }
            let noise = try values(world, "noise")
            // What neither explains is told as a number, and there is some.
            let remainder = try #require(image["remainder"]?.number)
            let expected = meanSquare(zip(left, noise).map { $0 - $1 }).squareRoot()
            #expect(abs(remainder - expected) < 1e-6)
            #expect(remainder > 1e-6)
            #expect(image["noise_bits_per_dim"]?.number != nil)
            #expect(image["noise_log_likelihood"]?.number != nil)
            let shown = try #require(outcome.report.images.first?.pictures)
            #expect(shown.trueNoise?.scale == shown.noise?.scale)
            let html = try world.text("out/report.html")
            #expect(html.contains("True noise") && html.contains("<b>Noise</b>"))
        }
    }

    @Test func `noise that the picture leaves has a score, and nothing is left over`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(job("{gaussian: {std: 0.1}}"))
            let image = try image(world)
            // Of an identity the errors of both are the same, but for clipping.
            let (picture, noise) = (image["psnr"]?.number, image["psnr_noise"]?.number)
            #expect(abs(try #require(picture) - #require(noise)) < 0.5)
            #expect(image["remainder"] == nil)
            #expect(image["noise_bits_per_dim"] == nil)
        }
    }

    @Test func `exact measurements have no noise to score`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(job("none"))
            #expect(try image(world)["psnr_noise"] == nil)
        }
    }
}
