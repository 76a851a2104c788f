import Physics
import Tensors

/// Block matching and three-dimensional filtering: takes white noise out of pictures.
///
/// Twice, groups of similar blocks are transformed together: first, small coefficients are dropped;
/// then they are weighed as a Wiener filter, by what the first round says of the signal. In colour,
/// blocks are grouped by luminance and every channel is filtered in an opponent colour space.
///
/// It knows nothing of structured noise: its strength is then the root mean square of the true
/// standard deviation. Cost: 1,500 block distances for every ninth pixel.
///
/// Dabov, Foi, Katkovnik, Egiazarian 2007, the normal profile.
/// <https://doi.org/10.1109/TIP.2007.901238>; in colour: Dabov et al., ICIP 2007.
package struct BM3D: Solver {
    /// What a user may choose.
    package struct Settings: Sendable, Equatable {
        /// The standard deviation of the noise on the measurement; nil takes it from the problem.
        package var std: Double?
        /// What the standard deviation is multiplied by.
        package var strength: Double

        package init(std: Double? = nil, strength: Double = 1) {
            self.std = std
            self.strength = strength
        }
    }

    package let settings: Settings

    package init(settings: Settings = .init()) {
        self.settings = settings
    }
}

extension BM3D {
    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let began = ContinuousClock.now
        let input = try observed(problem)
        let deviations = try deviations(of: problem)
        func step(_ number: Int, _ pictures: Tensor) throws -> [Solution.Terms] {
            let terms = try terms(of: pictures, problem)
            try checkpoint(
                Solution.Step(
                    iteration: number, total: 2, terms: terms,
                    seconds: (ContinuousClock.now - began) / .seconds(1), draft: pictures))
            return terms
        }
        let pictures = try CollaborativeFilter.denoised(input, deviations) { _ = try step(1, $0) }
        return Solution(
            image: pictures, terms: try step(2, pictures), logLikelihood: nil,
            iterations: Array(repeating: 2, count: deviations.count), warnings: [])
    }

    /// The standard deviation that is taken out of every picture, on the scale of the pictures.
    ///
    /// - Throws: `SolverError` when the problem is none of noise alone; `TorchError`.
    package func deviations(of problem: Problem) throws -> [Double] {
        let measurement = problem.measurement
        let count = measurement.shape[0]
        let factor = try scale(of: problem)
        if let std = settings.std {
            return Array(repeating: std * settings.strength / abs(factor), count: count)
        }
        let squares = try problem.noise.deviation(of: measurement).square()
            .expanded(to: measurement.shape).sumPerSample().doubles()
        let size = Double(measurement.count / max(count, 1))
        return squares.map { ($0 / size).squareRoot() * settings.strength / abs(factor) }
    }

    /// Checks everything.
    ///
    /// - Throws: `SolverError` when the problem does not fit, or `TorchError`.
    package func validate(_ problem: Problem) throws {
        if let std = settings.std, !(std > 0 && std.isFinite) {
            throw SolverError(.setting("std", value: std, expected: "positive"), in: "bm3d")
        }
        guard settings.strength > 0, settings.strength.isFinite else {
            throw SolverError(
                .setting("strength", value: settings.strength, expected: "positive"), in: "bm3d")
        }
        let shape = Array(problem.measurement.shape.dropFirst())
        _ = try scale(of: problem)
        guard shape.count == 3, [1, 3].contains(shape[0]), shape[1] >= Block.side,
            shape[2] >= Block.side
        else {
            throw SolverError(
                .choice(
                    "a measurement of the shape \(shape)",
                    expected: "gray or colour pictures of at least 8 × 8 pixels"), in: "bm3d")
        }
        try problem.validate(for: shape, in: "bm3d")
    }

    /// The pictures as measured, in their own scale.
    private func observed(_ problem: Problem) throws -> Tensor {
        try validate(problem)
        return try problem.measurement / scale(of: problem)
    }

    /// s where the measurement is s · x.
    private func scale(of problem: Problem) throws -> Double {
        let linear = problem.forward as? any LinearOperator
        guard let diagonal = try linear?.diagonal(like: problem.measurement), diagonal.count == 1
        else {
            throw SolverError(
                .unfitOperator(
                    "it takes noise out of pictures and undoes no other measurement than identity "
                        + "and scale", remedy: "choose map, mle, asim, bora or lasso"),
                in: "bm3d")
        }
        return try diagonal.reshaped(to: []).item()
    }

    private func terms(of pictures: Tensor, _ problem: Problem) throws -> [Solution.Terms] {
        try withoutGradient {
            let clean = try problem.forward.apply(pictures)
            return try problem.noise.logDensity(problem.measurement, given: clean).doubles()
                .map { Solution.Terms(data: -$0, prior: 0) }
        }
    }
}
