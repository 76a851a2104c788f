import Glibc
import Tensors

/// A mixture of Gaussians around 0, which is what noise with heavier tails is made of.
///
///     p(δ) = Σ wₖ N(δ; 0, vₖ)
///
/// With Gaussian noise of variance σ² added, every vₖ becomes vₖ + σ²: so the density of a sum is
/// known where those of its parts are mixtures.
package struct GaussianMixture: Sendable, Equatable {
    /// So many are within a hundredth of the densities that they stand for, far tails apart.
    private static let size = 24
    /// The share of all noise that is narrower than the narrowest Gaussian.
    private static let leftOut = 1e-6

    /// They sum to 1.
    let weights: [Double]
    let variances: [Double]

    /// The Gaussians of variance `variance(u)`, u having the density uᵏ⁻¹ e⁻ᵘ / Γ(k), by the
    /// trapezoidal rule over log u.
    ///
    /// - Parameters:
    ///   - shape: k.
    ///   - variance: a monotone function of u.
    init(gamma shape: Double, variance: (Double) -> Double) {
        let lowest = max((log(Self.leftOut) + logGamma(shape + 1)) / shape, -40)
        let highest = log(shape + 6 * shape.squareRoot() + 16)
        let step = (highest - lowest) / Double(Self.size - 1)
        let points = (0..<Self.size).map { lowest + Double($0) * step }
        let heights = points.map { exp(shape * $0 - exp($0) - logGamma(shape)) }
        let total = heights.reduce(0, +)
        weights = heights.map { $0 / total }
        variances = points.map { variance(exp($0)) }
    }

    private init(weights: [Double], variances: [Double]) {
        self.weights = weights
        self.variances = variances
    }

    /// The mixture of the sum of noise with this one and independent noise with another.
    ///
    /// Gaussians of nearly the same width become one with their weight and mean variance.
    func added(to other: GaussianMixture) -> GaussianMixture {
        let pairs = zip(weights, variances).flatMap { weight, variance in
            zip(other.weights, other.variances).map { (weight * $0, variance + $1) }
        }
        let logarithms = pairs.map { log($0.1) }
        let lowest = logarithms.min() ?? 0
        let step = max((logarithms.max() ?? 0) - lowest, 1e-9) / Double(Self.size)
        var sums = [(weight: Double, variance: Double)](repeating: (0, 0), count: Self.size)
        for ((weight, variance), logarithm) in zip(pairs, logarithms) {
            let place = min(Int((logarithm - lowest) / step), Self.size - 1)
            sums[place].weight += weight
            sums[place].variance += weight * variance
        }
        let filled = sums.filter { $0.weight > 0 }
        return GaussianMixture(
            weights: filled.map(\.weight), variances: filled.map { $0.variance / $0.weight })
    }

    /// log p of every element of `residual` and of Gaussian noise with it, in nats.
    ///
    /// - Parameters:
    ///   - residual: δ, `[batch, …]`.
    ///   - std: σ of the Gaussian noise, in a shape that can be repeated to that; nil where there
    ///     is none.
    /// - Returns: the log-densities, like `residual`.
    /// - Throws: `TorchError` when the shapes do not fit.
    func logDensities(_ residual: Tensor, with std: Tensor?) throws(TorchError) -> Tensor {
        let axes = Array(repeating: 1, count: residual.shape.count)
        func column(_ values: [Double]) throws(TorchError) -> Tensor {
            try Tensor(values, shape: [values.count] + axes)
                .converted(to: residual.dataType()).moved(to: residual.device())
        }
        var variance = try column(variances)
        if let std { variance = try variance + std.square() }
        let heights = try column(weights.map { log($0) }) - (variance * (2 * .pi)).log() * 0.5
        let exponents = try residual.square() * variance.reciprocal() * -0.5
        return try (exponents + heights).logSumExp(over: [0])
    }
}
