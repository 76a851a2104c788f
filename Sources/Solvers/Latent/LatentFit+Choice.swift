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
        var plan = isFree ? Self.measured(for: problem.noise.character) : Self.textbook
        if settings.optimizer != .auto { plan.optimizer = settings.optimizer }
        if settings.start != .auto { plan.start = settings.start }
        plan.beta = settings.beta ?? constants.weight
        plan.steps = settings.steps ?? (isFree ? plan.steps : constants.steps)
        plan.learningRate = settings.learningRate ?? plan.learningRate
        plan.restarts = settings.restarts
        if plan.start == .observation { try checkWayBack(problem) }
        return plan
    }

    /// Whether the way down is left to the solver, and the paper's is a bad one: the likelihood of a
    /// generator that cannot make every picture.
    private var isFree: Bool {
        method == .mle && !(generator is Flow) && settings.optimizer == .auto
    }

    /// Adam with a constant step on the objective as it is.
    ///
    /// Whang, Lei, Dimakis 2021, appendix D.
    private static var textbook: MAP.Plan {
        MAP.Plan(
            space: .latent, optimizer: .adam, start: .zero, beta: 0, steps: 1000,
            learningRate: 0.02)
    }

    /// Adam on noise that is never taken to be weaker than what the generator misses anyway.
    ///
    /// Where the noise is a thousandth, no picture of a generator fits, and its likelihood follows
    /// those few pixels alone; the density of a learned noise says nothing so far from its pictures.
    /// Measured on digits over faces with the shipped DCGAN, 19.8 dB in place of 11.3.
    private static func measured(for noise: NoiseCharacter) -> MAP.Plan {
        MAP.Plan(
            space: .latent, optimizer: .adam, start: .zero, beta: 0, steps: 300,
            learningRate: 0.05, schedule: .cosine, softening: noise == .learned ? 1 : 0.2,
            restingFloor: noise == .learned ? 1 : 0.1)
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
