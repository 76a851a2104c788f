import Glibc
import Models
import Tensors

/// Mean and standard deviation of every pixel over the pictures of a model.
struct NoiseMoments: Sendable {
    /// `[1, channel, height, width]`.
    let mean: Tensor
    let deviation: Tensor
    /// The middle of what stands out in them, where it is nearly the same in all.
    let center: CenterOfMass?

    /// The moments of pictures drawn from `model`, always the same ones; `zero` is the value in
    /// them that adds nothing.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(of model: Flow, zero: Double, on device: Device, _ type: DataType) throws {
        var generator = Generator(seed: 0)
        let samples = try withoutGradient {
            let z = try generator.normal([64, model.dimensions], type, on: device)
            return try model.decode(z).value.clamped(0, 1)
        }
        guard try samples.isAllFinite() else {
            // A model that cannot be drawn from: anything in [0, 1].
            mean = try Tensor.full([1] + model.imageShape, 0.5, type, on: device)
            deviation = mean
            center = nil
            return
        }
        mean = try samples.mean(over: [0], keepingAxes: true)
        let variance = try (samples - mean).square().mean(over: [0], keepingAxes: true)
        // Few samples say little about pixels that hardly vary.
        deviation = try variance.sqrt().clamped(0.1, 1)
        center = try Self.center(of: samples - zero)
    }

    /// How far the middles of pictures may be from their mean to be nearly the same, in pixels.
    private static let mostSpread = 2.0

    private static func center(of samples: Tensor) throws -> CenterOfMass? {
        let planes = try samples.magnitude().mean(over: [1])
        let width = planes.shape[2]
        let centers = try (0..<planes.shape[0]).compactMap { sample in
            CenterOfMass(of: try planes.element(sample).doubles(), width: width)
        }
        guard let found = CenterOfMass.spread(centers), found.spread <= mostSpread else {
            return nil
        }
        return found.center
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
