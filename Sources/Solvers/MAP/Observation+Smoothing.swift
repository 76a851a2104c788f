import Glibc
import Tensors

extension Observation {
    /// How far a pixel of a natural picture is from the mean of its surroundings.
    private static let contrast = 0.05
    /// How fast that grows with the size of the surroundings.
    private static let growth = 1.2
    /// Standard deviations of the Gaussian windows in pixels, from coarse to fine.
    private static let windows = [16.0, 8, 4, 2, 1]

    /// The unit in which image space counts pixels: how far each may be off, given what is
    /// measured and that a pixel is not far from its surroundings; 1 where that is not known.
    ///
    /// - Throws: `TorchError` when memory is short.
    func scale(_ isScaled: Bool) throws(TorchError) -> Tensor {
        guard isScaled, let deviation else {
            return try .ones([1], measurement.dataType(), on: measurement.device())
        }
        let limit = 2 * Self.contrast
        return try (deviation.square().reciprocal() + 1 / (limit * limit)).rsqrt()
    }

    /// The picture with every pixel drawn towards its surroundings, the more the less it is known;
    /// nil where pixels are not measured one by one.
    ///
    /// From coarse to fine windows, the mean of the window, weighted by 1/σ², replaces what the
    /// coarser window said as far as it is sure: a Wiener filter on a pyramid.
    ///
    /// - Throws: `TorchError` when memory is short.
    func smoothed() throws(TorchError) -> Tensor? {
        guard let picture, let deviation else { return nil }
        let shape = picture.shape
        let weight = try deviation.square().reciprocal().expanded(to: shape)
        // The middle of the range, in case nothing is known at all.
        var mean = try picture.filled(with: 0.5)
        var spread = 0.1
        for window in Self.windows {
            let kernel = GaussianWindow(std: window)
            let total = try kernel.blurred(weight)
            let local = try kernel.blurred(weight * picture) / total
            let variance = try kernel.squared.blurred(weight) / total.square()
            mean = try mean + (local - mean) * Self.gain(spread, against: variance)
            spread = Self.spread(window)
        }
        return try mean + (picture - mean) * Self.gain(spread, against: weight.reciprocal())
    }

    /// The variance of pictures inside a window, that is, of what finer windows add.
    private static func spread(_ window: Double) -> Double {
        contrast * contrast * pow(window, growth)
    }

    private static func gain(
        _ signal: Double, against noise: Tensor
    ) throws(TorchError) -> Tensor {
        try (noise / signal + 1).reciprocal()
    }
}
