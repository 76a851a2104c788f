import Models
import Physics
import Tensors

extension LatentFit {
    /// Every choice for `problem`: the user's where there is one, else that of the paper.
    ///
    /// - Throws: `SolverError` when problem, generator and settings do not fit; `TorchError`.
    package func plan(for problem: Problem) throws -> MAP.Plan {
        try settings.validate(weight: method.weight ?? "weight", in: method.name)
        guard settings.space != .image else {
            throw SolverError(
                .choice("space: image", expected: "latent, on which the method is defined"),
                in: method.name)
        }
        try problem.validate(for: generator.imageShape, in: method.name)
        let constants = try constants(for: problem)
        let plan = MAP.Plan(
            space: .latent, optimizer: settings.optimizer == .auto ? .adam : settings.optimizer,
            start: settings.start == .auto ? .zero : settings.start,
            beta: settings.beta ?? constants.weight, steps: settings.steps ?? constants.steps,
            learningRate: settings.learningRate ?? 0.02, restarts: settings.restarts)
        if plan.start == .observation { try checkWayBack(problem) }
        return plan
    }

    /// The steps and weights that the paper found for its problems, by the nearest of them.
    ///
    /// Whang, Lei, Dimakis 2021, appendix D.
    private func constants(
        for problem: Problem
    ) throws(TorchError) -> (steps: Int, weight: Double) {
        let linear = problem.forward as? any LinearOperator
        let diagonal = try linear?.diagonal(like: problem.measurement)
        let isMixing = linear != nil && diagonal == nil
        let isLearned = problem.noise.character == .learned
        switch method {
        case .mle: return (1000, 0)
        case .bora: return (1000, isMixing ? 0.001 : 0.01)
        case .asim:
            guard linear != nil else { return (200, 1) }
            return isMixing ? (300, 10) : isLearned ? (400, 0) : (150, 2)
        }
    }

    /// Checks that a start at the observation is possible.
    private func checkWayBack(_ problem: Problem) throws {
        let picture = try Observation(problem, imageShape: generator.imageShape).picture
        let example = try picture.map { try $0.slice(0..<1, along: 0) }
        guard let example, try withoutGradient({ try generator.latents(of: example) }) != nil else {
            throw SolverError(
                .choice(
                    "init: observation",
                    expected: "zero or random: "
                        + (picture == nil
                            ? "such a measurement shows no picture"
                            : "the prior makes pictures but cannot take them apart")),
                in: method.name)
        }
    }
}
