import Glibc
import Models
import Tensors

/// Mean and standard deviation of every pixel over the pictures of a model.
struct NoiseMoments: Sendable {
    /// `[1, channel, height, width]`.
    let mean: Tensor
    let deviation: Tensor

    /// The moments of pictures drawn from `model`, always the same ones.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(of model: Flow, on device: Device, _ type: DataType) throws {
        var generator = Generator(seed: 0)
        let samples = try withoutGradient {
            let z = try generator.normal([64, model.dimensions], type, on: device)
            return try model.decode(z).value.clamped(0, 1)
        }
        guard try samples.isAllFinite() else {
            // A model that cannot be drawn from: anything in [0, 1].
            mean = try Tensor.full([1] + model.imageShape, 0.5, type, on: device)
            deviation = mean
            return
        }
        mean = try samples.mean(over: [0], keepingAxes: true)
        let variance = try (samples - mean).square().mean(over: [0], keepingAxes: true)
        // Few samples say little about pixels that hardly vary.
        deviation = try variance.sqrt().clamped(0.1, 1)
    }

    /// The log-density of the Gaussian with these moments, in nats, `[batch]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func logDensity(_ pictures: Tensor) throws(TorchError) -> Tensor {
        let type = try pictures.dataType()
        let scale = try deviation.converted(to: type)
        let square = try ((pictures - mean.converted(to: type)) / scale).square().sumPerSample()
        return try square * -0.5 - scale.log().sum()
            - 0.5 * log(2 * Double.pi) * Double(mean.count)
    }
}
