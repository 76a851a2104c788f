import Physics
import Tensors

/// How far chains go in every coordinate.
///
///     scale = 1 / √(Fisher information of the measurement + curvature of the prior)
///
/// In these units the posterior is about one wide in every coordinate by itself; how much narrower it
/// is in mixtures of coordinates is the `stiffness`, the largest curvature that is left.
struct ChainMetric: Sendable {
    /// `[1, …]`, or of every chain.
    let scale: Tensor
    let stiffness: Double

    /// The length of a step; 2 / √stiffness would be the end of all stability.
    var step: Double { 1.4 / stiffness.squareRoot() }

    private static let draws = 2
    private static let powers = 8
    /// Chains that look for the stiffness, which all share.
    private static let lookouts = 8
    /// How far to look for curvature, in units of the scale; the whole posterior is √dimensions wide.
    private static let reach = 0.3

    /// Measures `objective` around `point`, `[chain, …]`, whose chains all belong to one picture.
    ///
    /// - Parameters:
    ///   - objective: whose curvature counts.
    ///   - portions: as many chains as are looked at together.
    ///   - isHeavy: whether single operations are large enough for several threads.
    ///   - priorCurvature: of every coordinate, in a shape that can be repeated to that of `point`.
    ///   - point: where it is looked at.
    ///   - floor: of the noise.
    ///   - random: where draws of the noise come from.
    /// - Throws: `TorchError` when a shape does not fit.
    init(
        of objective: Objective, in portions: Portions, isHeavy: Bool, priorCurvature: Tensor,
        around point: Tensor, floor: Double?, random: inout Generator
    ) throws {
        var information = try point.slice(0..<1, along: 0).filled(with: 0)
        for _ in 0..<Self.draws {
            let seen = try objective.information(
                at: point, floor: floor, in: portions, from: &random)
            information = try information + seen * (1 / Double(Self.draws))
        }
        scale = try (information + priorCurvature).rsqrt()
        let few = 0..<min(point.shape[0], Self.lookouts)
        stiffness = try Self.stiffness(
            of: PortionedObjective(objective.selecting(few), in: portions, isHeavy: isHeavy),
            scale, point: point.slice(few, along: 0), floor: floor, random: &random)
    }

    /// The largest curvature in units of `scale`, by powers of the Hessian times a random direction.
    private static func stiffness(
        of objective: PortionedObjective, _ scale: Tensor, point: Tensor, floor: Double?,
        random: inout Generator
    ) throws -> Double {
        var objective = objective
        let here = try objective.evaluate(point, floor: floor).gradients
        var direction = try random.normal(point.shape, point.dataType(), on: point.device()).unit()
        var largest = 1.0
        for _ in 0..<powers {
            let there = try objective.evaluate(
                point + direction * scale * reach, floor: floor
            ).gradients
            let bent = try (there - here) * scale * (1 / reach)
            let lengths = try bent.square().sumPerSample().doubles().map { $0.squareRoot() }
            largest = lengths.filter(\.isFinite).max() ?? largest
            direction = try bent.chosen(where: bent.isFinite(), else: direction).unit()
        }
        return max(largest, 1)
    }
}

extension Tensor {
    /// Every sample divided by its length.
    fileprivate func unit() throws(TorchError) -> Tensor {
        let lengths = try square().sumPerSample().sqrt() + 1e-30
        return try self / lengths.reshaped(to: [shape[0]] + shape.dropFirst().map { _ in 1 })
    }
}

extension Objective {
    /// What one draw of the noise says of the diagonal of the Fisher information, the mean over the
    /// samples, `[1, …]`.
    ///
    ///     E[(∂ log p(y* | f(x)))²],  y* drawn from p(· | f(x))
    ///
    /// The draw is of all samples at once, in whatever `portions` they go through the prior.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    fileprivate func information(
        at point: Tensor, floor: Double?, in portions: Portions, from random: inout Generator
    ) throws -> Tensor {
        let noise = floor.map { problem.noise.softened(to: $0) } ?? problem.noise
        let count = point.shape[0]
        let drawn = try withoutGradient { () -> Tensor in
            let clean = try portions.map(count) { samples in
                try selecting(samples).clean(at: point.slice(samples, along: 0))
            }
            let first = (noise as? NoiseSum)?.first ?? noise
            return try first.sample(given: .concatenated(clean, along: 0), from: &random)
        }
        let simulated = Objective(
            problem: Problem(
                measurement: drawn, forward: problem.forward, noise: noise,
                pictures: problem.pictures),
            space: DataOnly(space: space), beta: 1, fidelity: fidelity)
        let gradients = try portions.map(count) { samples in
            try simulated.selecting(samples).evaluate(
                point.slice(samples, along: 0), floor: nil
            ).gradients
        }
        let squares = try Tensor.concatenated(gradients, along: 0).square()
        return try squares.chosen(where: squares.isFinite(), else: squares.filled(with: 0))
            .mean(over: [0], keepingAxes: true)
    }

    /// What would be measured at `point` but for the first part of the noise.
    private func clean(at point: Tensor) throws -> Tensor {
        var clean = try problem.forward.apply(space.located(point, jitter: nil).picture)
        for part in try space.noises(at: point) { clean = try clean + part }
        return clean
    }
}

/// A space that has no opinion of points.
private struct DataOnly: SearchSpace {
    let space: any SearchSpace

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let picture = try space.located(point, jitter: jitter).picture
        return (picture, try picture.detached().sumPerSample() * 0)
    }

    func noises(at point: Tensor) throws(TorchError) -> [Tensor] { try space.noises(at: point) }

    func point(of picture: Tensor) throws(TorchError) -> Tensor { try space.point(of: picture) }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace {
        DataOnly(space: try space.selecting(samples))
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor { try space.refuge(like: point) }
}
