import Arrays
import Foundation
import Models
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct ModelSummaryTests {
    private func withSummary(
        _ storage: WeightStorage = WeightStorage(), _ body: (ModelSummary) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(TinyModel.glow, to: folder.path + "/tiny", storage: storage)
            try body(ModelSummary(ModelFolder(reading: folder.path + "/tiny")))
        }
    }

    @Test func `people are told everything`() throws {
        try withSummary { summary in
            for text in [
                "name            tiny\n",
                "architecture    glow: coupling affine, hidden 4, last_steps 1, levels 2, mixing plain, "
                    + "scale bounded, split_prior learned, steps 1, top_prior standard\n",
                "pictures        8×8 gray, 8 bits\n",
                "latents         z0 2×4×4, z1 8×2×2\n",
                "1.250 bits/dim on validation pictures, log p 123 ± 4 nats\n",
                "MB for one iteration of MAP", "3 steps, 30 pictures seen, 2.0 hours\n",
                "a.idx.gz  0a\n                b.idx.gz  0b\n",
                "glow.pt  0c, from glowip\n                by memory\n", "model.safetensors  ",
                "written by      sluice test\n\nMade of noise, and of nothing else.\n\n"
                    + "Terms: Do what you want.",
            ] {
                #expect(summary.text.contains(text), "\(text)")
            }
            #expect(!summary.text.contains("samples.png"))
        }
    }

    @Test func `programs are told what model.json says, and more`() throws {
        try withSummary(WeightStorage(.bfloat16, largestFile: 1000)) { summary in
            let json = try summary.json()
            #expect(json["architecture"]?["glow"]?["hidden"]?.integer == 4)
            #expect(json["bits_per_dim"]?.number == 1.25)
            #expect(json["training"]?["data"]?["b.idx.gz"]?.string == "0b")
            #expect(json["origin"]?["format"]?.string == "glowip")
            #expect(json["latents"]?.array?.count == 2)
            #expect(json["terms"]?.string == "Do what you want.")
            let parameters = try #require(json["parameters"]?.integer)
            #expect(json["memory"]?["weights_bytes"]?.integer == 4 * parameters)
            let files = try #require(json["files"]?.array)
            #expect(files.count > 1)
            #expect(files.compactMap { $0["bytes"]?.integer }.reduce(0, +) > 2 * parameters)
        }
    }
}
