import Models
import Tensors

/// Judges a generator by the PSNR in dB between pictures and the nearest that it can make.
struct PictureJudge: Judge {
    static let figure = Figure(unit: "dB", column: "validation_psnr", isGain: true)

    private let generator: any PictureGenerator
    private let projection: Projection
    private let start: @Sendable (Tensor) throws -> Tensor

    /// A judge of the frozen `generator`, which searches from the latents that `start` has for
    /// pictures.
    init(
        _ generator: any PictureGenerator, _ projection: Projection,
        from start: @escaping @Sendable (Tensor) throws -> Tensor
    ) {
        self.generator = generator
        self.projection = projection
        self.start = start
    }

    func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try bytes / 255
    }

    func judgements(of x: Tensor) throws -> [Double] {
        let first = try withoutGradient { try start(x) }
        return try projection.peakSignalToNoise(of: x, by: generator, from: first)
    }
}
