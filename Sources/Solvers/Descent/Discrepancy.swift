import Glibc
import Physics
package import Tensors

/// The discrepancy principle: a prior may weigh as much as the strength of the noise allows.
///
///     R = Σ h (y − f(x)) / Σ var h,  β ← β / R^g,  sample by sample
///
/// h is what y has beside the means of 2 × 2 pixels, or all of y where that is no picture. R is 1 for
/// the mean of all pictures that may be behind y, whatever part of the noise that keeps:
///
///     E[h (y − f(x)) | y] = E[h δ | y]
///
/// Σ (y − f(x))² is smaller than that of the noise by what the picture keeps, which nobody knows. Where R
/// is as near to 1 as chance would have it, β stays. g falls with the step size, so that
/// pictures can follow to the end.
///
/// Morozov 1966 for the principle; this R, and to follow it during one descent, are ours.
package struct Discrepancy {
    /// The part of the descent that goes on with the weight it began with.
    private static let rest = 0.25
    /// g at the first step size of a descent.
    private static let gain = 0.4
    /// How much one look may say, and how far weights go from where they began.
    private static let (largestRatio, farthest) = (3.0, 20.0)

    /// β of every sample.
    package private(set) var weights: [Double]
    private let beginnings: [Double]
    private let measurement: Tensor
    /// h.
    private let probe: Tensor
    /// Σ var h of every sample.
    private let levels: [Double]
    /// How far R is from 1 by chance.
    private let tolerances: [Double]

    /// What follows the noise of `problem`, beginning with a weight for every sample.
    ///
    /// - Throws: `TorchError` when the noise does not fit the measurement.
    package init(_ problem: Problem, betas: [Double]) throws(TorchError) {
        beginnings = betas
        weights = betas
        measurement = problem.measurement
        probe = try Self.differences(in: measurement)
        // What is not measured has no noise.
        let variance = try problem.forward.measuredPart(
            of: problem.noise.deviation(of: measurement).square().expanded(to: measurement.shape))
        // Of four independent values, a quarter of the variance is that of their mean.
        let share = try Self.share(like: measurement)
        levels = try (variance * share).sumPerSample().doubles()
        let spreads = try (probe.square() * variance).sumPerSample().doubles()
        tolerances = zip(spreads, levels).map { $0.squareRoot() / $1 }
    }

    /// Where `values` differ from the means of the 2 × 2 pixels that they are among; odd last rows and
    /// columns do not count.
    private static func differences(in values: Tensor) throws(TorchError) -> Tensor {
        guard isPicture(values) else { return values }
        let (height, width) = (values.shape[2] / 2 * 2, values.shape[3] / 2 * 2)
        let even = try values.slice(0..<height, along: 2).slice(0..<width, along: 3)
        let (count, channels) = (values.shape[0], values.shape[1])
        let means = try even.averagePooled(2)
            .reshaped(to: [count, channels, height / 2, 1, width / 2, 1])
            .expanded(to: [count, channels, height / 2, 2, width / 2, 2])
            .reshaped(to: [count, channels, height, width])
        return try (even - means).padded(
            left: 0, right: values.shape[3] - width, top: 0, bottom: values.shape[2] - height)
    }

    /// The part of the variance of each value that its difference has.
    private static func share(like values: Tensor) throws(TorchError) -> Tensor {
        guard isPicture(values) else { return try values.filled(with: 1) }
        let (height, width) = (values.shape[2] / 2 * 2, values.shape[3] / 2 * 2)
        return try values.slice(0..<height, along: 2).slice(0..<width, along: 3).filled(with: 0.75)
            .padded(
                left: 0, right: values.shape[3] - width, top: 0, bottom: values.shape[2] - height)
    }

    private static func isPicture(_ values: Tensor) -> Bool {
        values.shape.count == 4 && values.shape[2] > 1 && values.shape[3] > 1
    }

    /// Takes notice of `clean`, what would have been measured of the pictures.
    ///
    /// - Parameters:
    ///   - clean: f(x), like the measurement; samples that are not finite say nothing.
    ///   - progress: the part of the descent that is done, 0 to 1.
    ///   - pace: the step size as a part of the first.
    /// - Throws: `TorchError` when the shape does not fit.
    package mutating func look(at clean: Tensor, progress: Double, pace: Double) throws {
        guard progress > Self.rest else { return }
        let parts = try withoutGradient {
            try (probe * (measurement - clean)).sumPerSample().doubles()
        }
        for sample in weights.indices {
            let ratio = parts[sample] / levels[sample]
            guard ratio.isFinite else { continue }
            let sure = Self.beyond(tolerances[sample], ratio)
            let step = min(max(sure, 1 / Self.largestRatio), Self.largestRatio)
            let next = weights[sample] * pow(step, -Self.gain * pace)
            let beginning = beginnings[sample]
            weights[sample] = min(
                max(next, beginning / Self.farthest), beginning * Self.farthest)
        }
    }

    /// `ratio` without what chance may have done: 1 when it is near enough.
    package static func beyond(_ tolerance: Double, _ ratio: Double) -> Double {
        ratio > 1 ? max(ratio - tolerance, 1) : min(ratio + tolerance, 1)
    }
}
