import Models
import Tensors

/// Checks that a converted generator makes pictures, folded or not.
struct GeneratorTest {
    private let model: ConvertedModel
    private let format: CheckpointFormat

    init(_ model: ConvertedModel, _ format: CheckpointFormat) {
        self.model = model
        self.format = format
    }

    /// What was found, line by line.
    ///
    /// - Throws: `ConversionError` when a picture is not finite, `ParameterError` or `TorchError`.
    func lines() throws -> [String] {
        let frozen = try withoutGradient { try model.generator().generator.frozenGenerator() }
        var random = Generator(seed: 4)
        let z = try random.uniform([64, frozen.dimensions]) * 12 - 6
        let pictures = try withoutGradient { try frozen.generate(z) }
        guard try pictures.isAllFinite() else {
            throw ConversionError(
                format, .impossible(why: "the self-test failed: pictures are not finite"))
        }
        return ["self-test: latents of six standard deviations give finite pictures"]
    }
}
