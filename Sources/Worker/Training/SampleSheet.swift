import Arrays
import Images
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

    /// The sheet as a PNG file; nil when the model makes up nothing that is finite.
    ///
    /// - Throws: `TorchError` or `ImageError`.
    func png() throws -> [UInt8]? {
        var random = RandomStreams(seed: plan.recipe.seed)["samples"]
        let isSmall = generator.imageShape[2] <= 32
        let count = isSmall ? 64 : 32
        var pictures: [Picture] = []
        for _ in 0..<count {
            // One at a time: the sheet must not need more memory than training did.
            let sample = try withoutGradient {
                try generator.pictures(
                    1, temperature: plan.spec.temperature, from: &random, on: device)
            }
            guard try sample.isAllFinite() else { continue }
            let values = try sample.reshaped(to: generator.imageShape).hostArray()
            pictures.append(try Picture(floats: values, name: "sample"))
        }
        guard !pictures.isEmpty else { return nil }
        let sheet = ContactSheet(columns: 8, magnification: isSmall ? 3 : 1)
        return try sheet.picture(of: pictures).png(name: Self.fileName)
    }
}
