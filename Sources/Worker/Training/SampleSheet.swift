import Jobs
import Models
import Tensors
import Training

/// A sheet of pictures that a model makes up.
struct SampleSheet {
    static let fileName = "samples.png"

    private let plan: TrainingPlan
    private let generator: any PictureGenerator
    private let device: Device

    init(plan: TrainingPlan, generator: any PictureGenerator, on device: Device) {
        self.plan = plan
        self.generator = generator
        self.device = device
    }

    /// The sheet as a PNG file; nil when the model makes up nothing that is finite, or restores
    /// pictures: those of its training would go wherever the model goes.
    ///
    /// - Throws: `TorchError` or `ImageError`.
    func png() throws -> [UInt8]? {
        guard !(generator is UnfoldedModel) else { return nil }
        var random = RandomStreams(seed: plan.recipe.seed)["samples"]
        let shape = generator.imageShape
        // One at a time: the sheet must not need more memory than training did.
        return try PictureSheet(shape[2] <= 32 ? 64 : 32, imageShape: shape) {
            try generator.pictures(
                1, temperature: plan.spec.temperature, from: &random, on: device)
        }.png
    }
}
