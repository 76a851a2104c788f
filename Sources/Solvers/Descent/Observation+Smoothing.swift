import Glibc
import Tensors

extension Observation {
    /// How far a pixel of a natural picture is from the mean of its surroundings.
    private static let contrast = 0.05
    /// The unit of pixels that are not measured.
    static let unmeasured = 2 * contrast
    /// How far the difference of two channels is from its surroundings.
    private static let colour = 0.02
    /// The deviation from which on a pixel counts as not measured.
    private static let unknown = 1e3
    /// How fast that grows with the size of the surroundings.
    private static let growth = 1.2
    /// Standard deviations of the Gaussian windows in pixels, from coarse to fine.
    private static let windows = [16.0, 8, 4, 2, 1]

    /// The unit in which image space counts pixels: how far each may be off, given what is
    /// measured and that a pixel is not far from its surroundings; 1 where that is not known.
    ///
    /// - Throws: `TorchError` when memory is short.
    func scale(_ isScaled: Bool) throws(TorchError) -> Tensor {
        guard isScaled else {
            return try .ones([1], measurement.dataType(), on: measurement.device())
        }
        let limit = Self.unmeasured
        guard let deviation else {
            return try .full([1], limit, measurement.dataType(), on: measurement.device())
        }
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
        // Pixels that are not measured have no limit; some number keeps all that follows finite.
        let variance = try deviation.clamped(0, Self.unknown).square().expanded(to: picture.shape)
        guard picture.shape[1] > 1 else { return try Self.smoothed(picture, variance) }
        let (shared, remaining) = try Self.shared(picture, variance)
        return try Self.smoothed(shared, remaining)
    }

    /// Every channel drawn towards what the others say, and the variance that remains.
    ///
    /// The channels of a picture are alike but for a difference that changes slowly: where one of
    /// them is covered, the others tell its detail and its surroundings the difference.
    private static func shared(
        _ picture: Tensor, _ variance: Tensor
    ) throws(TorchError) -> (picture: Tensor, variance: Tensor) {
        let weight = try variance.reciprocal()
        let others = try weight.sum(over: [1], keepingAxes: true) - weight
        let sums = try (weight * picture).sum(over: [1], keepingAxes: true) - weight * picture
        let detail = try sums / others
        let doubt = try others.reciprocal()
        let difference = try local(picture - detail, variance + doubt)
        let guess = try (doubt + difference.filled(with: colour * colour)).reciprocal()
        let total = try weight + guess
        let mixed = try (weight * picture + guess * (detail + difference)) / total
        return (mixed, try total.reciprocal())
    }

    /// What slowly changing values are around every pixel.
    ///
    /// The weight 1/σ⁴ trusts what is known, however far, more than much that is not: what covers
    /// a channel is seldom independent from pixel to pixel.
    private static func local(
        _ values: Tensor, _ variance: Tensor
    ) throws(TorchError) -> Tensor {
        let weight = try variance.square().reciprocal()
        let kernel = GaussianWindow(std: 4)
        return try kernel.blurred(weight * values) / kernel.blurred(weight)
    }

    private static func smoothed(
        _ picture: Tensor, _ variance: Tensor
    ) throws(TorchError) -> Tensor {
        let weight = try variance.reciprocal()
        // The middle of the range, in case nothing is known at all.
        var mean = try picture.filled(with: 0.5)
        var spread = 0.1
        for window in windows {
            let kernel = GaussianWindow(std: window)
            let total = try kernel.blurred(weight)
            let local = try kernel.blurred(weight * picture) / total
            let doubt = try kernel.squared.blurred(weight) / total.square()
            mean = try mean + (local - mean) * gain(spread, against: doubt)
            spread = Self.spread(window)
        }
        return try mean + (picture - mean) * gain(spread, against: variance)
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
