import Arrays
import Models
import TensorSupport
import Tensors
import Testing

/// The variant of a trained file is found by the likelihood of pictures made in code.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: PublishedGolden.root != nil, "SLUICE_DATA names no folder with data"))
struct GlowIPDetectionTests {
    private func converted(
        _ reading: GlowIPReading, _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> ConvertedModel {
        let golden = try PublishedGolden("glowip", reading.folder)
        var options = ConversionOptions()
        options.configuration = try golden.json("configs.json")
        change(&options)
        return try Conversion(format: .glowIP, options: options)
            .converted(tensors: golden.checkpoint(reading.file))
    }

    private func settings(_ model: ConvertedModel) throws -> GlowIPSettings {
        guard case .glowIP(let settings) = model.architecture else {
            throw ModelError(folder: "test", .unusable(why: "another architecture"))
        }
        return settings
    }

    @Test(arguments: GlowIPReading.trained)
    func `the right variant is found, and clearly`(_ reading: GlowIPReading) throws {
        let model = try converted(reading)
        let found = try settings(model)
        #expect(found.squeeze == reading.squeeze)
        #expect(found.lastBias == reading.lastBias)
        #expect(found.couplingBias == reading.couplingBias)
        let detection = try #require(model.detection)
        #expect(detection.margin > 0.1)
        #expect(detection.candidates.count > 10)
        #expect(model.notes.contains(detection.sentence))
    }

    @Test(arguments: GlowIPReading.trained)
    func `pictures of the user find it too`(_ reading: GlowIPReading) throws {
        let pictures = try Tensor(reading.arrays()["image_u8"].hostArray().converted(to: .float32))
        let model = try converted(reading) { options in
            options.probes = try? (pictures / 255).hostArray()
        }
        let found = try settings(model)
        #expect(found.squeeze == reading.squeeze)
        #expect(found.lastBias == reading.lastBias)
        #expect(found.couplingBias == reading.couplingBias)
    }
}
