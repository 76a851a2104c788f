package import Models
package import Physics
package import Tensors

/// Restores with an unfolded network, or with a flow plugged into proximal gradient descent.
///
/// Wei et al. 2022. <https://arxiv.org/abs/2107.02848>
package struct ProximalGradient: Solver {
    /// Where the network comes from.
    package enum Network: Sendable {
        /// A trained one, which is frozen.
        case trained(UnfoldedModel)
        /// A frozen flow, the same in every fold.
        case repeated(Flow, Settings)
    }

    /// What a user may choose who plugs in a flow.
    package struct Settings: Sendable, Equatable {
        package var steps: Int
        /// μ in units of 1/‖A‖².
        package var step: Double
        /// λ.
        package var shrinkage: Double

        package init(steps: Int = 20, step: Double = 1, shrinkage: Double = 0.02) {
            self.steps = steps
            self.step = step
            self.shrinkage = shrinkage
        }
    }

    private let network: Network
    /// Something about the network that everybody should know who sees its pictures.
    private let caveat: String?

    package init(_ network: Network, caveat: String? = nil) {
        self.network = network
        self.caveat = caveat
    }

    /// The name of the method in jobs.
    package var method: String {
        switch network {
        case .trained: "unfolded"
        case .repeated: "plug_and_play"
        }
    }

    /// The network for numbers like those of `measurement`.
    ///
    /// - Throws: `SolverError` when a setting makes no sense, or `TorchError`.
    package func model(like measurement: Tensor) throws -> UnfoldedModel {
        switch network {
        case .trained(let model): return model
        case .repeated(let flow, let settings):
            try settings.check(in: method)
            return try UnfoldedModel(
                repeating: flow, folds: settings.steps, step: settings.step,
                shrinkage: settings.shrinkage, measurement.dataType(), on: measurement.device())
        }
    }

    /// The operator, after a check of everything.
    ///
    /// - Throws: `SolverError` when the problem does not fit, or `TorchError`.
    package func linearOperator(of problem: Problem) throws -> any LinearOperator {
        guard let forward = problem.forward as? any LinearOperator else {
            throw SolverError(
                .unfitOperator(
                    "the measurement is not linear",
                    remedy: "choose map, asim or bora, or leave out sign and quantize"),
                in: method)
        }
        let model = try model(like: problem.measurement)
        try problem.validate(for: model.imageShape, in: method)
        return forward
    }

    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let forward = try linearOperator(of: problem)
        let model = try model(like: problem.measurement)
        return try withoutGradient {
            try model.withFewThreads(for: problem.pictures.count) {
                let network = UnfoldedNetwork(model, measuredBy: forward)
                let fast = try restored(problem, by: network, checkpoint)
                guard fast.isBroken.contains(true) else { return fast.solution }
                // Once more without the fast ways, if these are to blame.
                let plain = try FastPaths.$areAvoided.withValue(true) {
                    try restored(problem, by: network, checkpoint)
                }
                return try fast.mended(by: plain)
            }
        }
    }

    /// Goes through all folds; one that leads a picture astray is left out for it.
    private func restored(
        _ problem: Problem, by network: UnfoldedNetwork,
        _ checkpoint: (Solution.Step) throws -> Void
    ) throws -> Passage {
        let began = ContinuousClock.now
        let (y, folds) = (problem.measurement, network.model.folds)
        var x = try network.first(for: y)
        var track = Track(
            try network.misfits(of: x, y), count: y.count / problem.pictures.count)
        var terms: [Solution.Terms] = []
        var isBroken = Array(repeating: false, count: problem.pictures.count)
        for fold in folds.indices {
            let before = x
            x = try network.picture(after: fold, of: before, y, .using)
            var misfits = try network.misfits(of: x, y)
            for sample in misfits.indices where !misfits[sample].isFinite {
                isBroken[sample] = true
            }
            let astray = track.astray(
                misfits, by: folds[fold].proximal, isLast: fold == folds.count - 1)
            if astray.contains(true) {
                let near = try network.stepped(before, towards: y, in: fold)
                // Where the measurement itself cannot be computed with, a step mends nothing.
                let lost = zip(astray, try near.finiteSamples()).map { $0 && $1 }
                track.leaveOut(lost)
                x = try near.chosen(where: .choosing(lost, like: x), else: x)
                misfits = try network.misfits(of: x, y)
            }
            terms = misfits.map { Solution.Terms(data: $0, prior: 0) }
            try checkpoint(
                Solution.Step(
                    iteration: fold + 1, total: folds.count, terms: terms,
                    seconds: (ContinuousClock.now - began) / .seconds(1), draft: x))
        }
        // What was measured exactly nobody has to guess.
        x = try problem.fulfilled(by: x)
        terms = try network.misfits(of: x, y).map { Solution.Terms(data: $0, prior: 0) }
        let count = problem.pictures.count
        let warnings =
            track.warnings(folds: folds.count)
            + (0..<count).flatMap { sample in
                caveat.map { [Solution.Warning(sample: sample, $0)] } ?? []
            }
        let solution = Solution(
            image: x, terms: terms, logLikelihood: try likelihood(of: x),
            iterations: Array(repeating: folds.count, count: count), warnings: warnings)
        return Passage(solution: solution, isBroken: isBroken)
    }

    /// log p of the pictures where one flow knows it.
    private func likelihood(of x: Tensor) throws -> [Double]? {
        guard case .repeated(let flow, _) = network else { return nil }
        return try flow.logDensity(x).doubles()
    }
}

extension ProximalGradient.Settings {
    fileprivate func check(in method: String) throws(SolverError) {
        guard steps > 0 else {
            throw SolverError(
                .setting("steps", value: Double(steps), expected: "1 or more"), in: method)
        }
        for (name, value) in [("step", step), ("shrinkage", shrinkage)] {
            guard value >= 0, value.isFinite else {
                throw SolverError(
                    .setting(name, value: value, expected: "0 or more"), in: method)
            }
        }
    }
}

extension Tensor {
    /// Whether all numbers of a sample are finite.
    fileprivate func finiteSamples() throws(TorchError) -> [Bool] {
        try isFinite().isZero().converted(to: .float32).sumPerSample().doubles().map { $0 == 0 }
    }
}
