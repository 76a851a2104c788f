import Models
import Physics
import Tensors

extension MAP {
    /// Every choice for `problem`: the user's where there is one, else the measured default.
    ///
    /// - Throws: `SolverError` when problem, prior and settings do not fit; `TorchError`.
    package func plan(for problem: Problem) throws -> Plan {
        try settings.validate(weight: "beta", in: "map")
        try validateWindows()
        try problem.validate(for: imageShape, in: "map")
        var plan = try isTextbook ? textbook : measured(for: problem)
        if settings.space != .auto, settings.space != plan.space {
            plan.space = settings.space
            // It was measured for the other space, in its units.
            plan.jitter = 0
        }
        if settings.optimizer != .auto { plan.optimizer = settings.optimizer }
        if settings.start != .auto { plan.start = settings.start }
        if let beta = settings.beta {
            plan.beta = beta
            plan.isWeighedByNoise = false
        }
        plan.steps = settings.steps ?? plan.steps
        plan.learningRate = settings.learningRate ?? plan.learningRate
        plan.restarts = max(settings.restarts, plan.restarts)
        if settings.findsBeta {
            try checkLevel(of: problem, plan)
            plan.findsBeta = true
        }
        return plan
    }

    /// Checks that windows can be used, where they are.
    func validateWindows() throws(SolverError) {
        // Also where windows are as large as the pictures: another job of the kind has larger ones.
        try settings.windows.validate(for: imageShape, by: prior.imageShape, in: "map")
        guard hasWindows else { return }
        if settings.space == .latent {
            throw SolverError(
                .choice("space: latent with windows", expected: "space: image"), in: "map")
        }
        if settings.optimizer == .lbfgs {
            throw SolverError(
                .choice(
                    "optimizer: lbfgs with windows, which move in every iteration,",
                    expected: "optimizer: adam"), in: "map")
        }
    }

    /// Checks that there is something to find β by.
    private func checkLevel(of problem: Problem, _ plan: Plan) throws(SolverError) {
        guard problem.noise.character == .gaussian else {
            throw SolverError(
                .choice(
                    "beta: auto with this noise, whose level is not known",
                    expected: "a number for beta, or leave it out; auto is for gaussian, sine and "
                        + "radial noise and sums of them"), in: "map")
        }
        guard plan.optimizer == .adam else {
            throw SolverError(
                .choice(
                    "beta: auto with optimizer: lbfgs, which needs one objective from start to end",
                    expected: "optimizer: adam, or a number for beta"), in: "map")
        }
    }

    /// Whether the user has said everything that the papers say about Adam: then nothing is added.
    private var isTextbook: Bool {
        settings.optimizer == .adam && settings.space != .auto && settings.learningRate != nil
    }

    /// Adam with a constant step on the objective as it is.
    ///
    /// Whang, Lei, Dimakis 2021, appendix D.
    private var textbook: Plan {
        Plan(
            space: settings.space, optimizer: .adam,
            start: settings.space == .latent ? .zero : .observation, beta: 1, steps: 150,
            learningRate: 0.02)
    }

    /// What measurements found to work: `Docs/decisions/0020-ways-down-for-map.md` and
    /// `Docs/decisions/0021-ways-down-for-operators.md`.
    private func measured(for problem: Problem) throws -> Plan {
        let sight = try Sight(of: problem, imageShape: imageShape)
        if case .logit = prior.support, !hasWindows {
            return digits(sight, isLinear: problem.forward is any LinearOperator)
        }
        if let noise = problem.noise as? SeparatedNoise, noise.separation.variables == .latents {
            // Noise that is drawn from its model falls into place while much may still be left over.
            return Plan(
                space: .image, optimizer: .adam, start: .observation, beta: 1, steps: 320,
                learningRate: 0.1, schedule: .cosine, softening: 0.2, isScaled: true,
                isSmoothed: true, jitter: 0.15)
        }
        if problem.noise.character == .learnedThroughout {
            // Picture and noise are told from one another only slowly, and no pixel is known.
            return Plan(
                space: .image, optimizer: .adam, start: .observation, beta: 1, steps: 320,
                learningRate: 0.6, schedule: .cosine, softening: 1, isScaled: true, jitter: 0.15)
        }
        let isLearned = problem.noise.character == .learned
        switch sight {
        case .pixels:
            return Plan(
                space: .image, optimizer: .adam, start: .observation, beta: isLearned ? 1 : 0.4,
                steps: isLearned ? 80 : 160, learningRate: isLearned ? 0.05 : 0.3,
                schedule: .cosine, softening: isLearned ? 1 : nil, isScaled: true,
                isSmoothed: true, jitter: 0.15)
        case .somePixels:
            return Plan(
                space: .image, optimizer: .adam, start: .observation, beta: isLearned ? 1 : 0.4,
                steps: 160, learningRate: 0.07, schedule: .cosine,
                softening: isLearned ? 1 : nil, isScaled: true, isLayered: true,
                isSmoothed: true, jitter: 0.2)
        case .picture:
            let betas = try Self.weights(besideNoiseOf: problem)
            var plan = Plan(
                space: .image, optimizer: .adam, start: .observation,
                beta: betas.reduce(0, +) / Double(betas.count), steps: 160, learningRate: 0.12,
                schedule: .cosine, softening: 0.1, restingFloor: 0.01,
                isScaled: true, jitter: 0.05)
            plan.isWeighedByNoise = true
            return plan
        case .independentNumbers(let gain, let share):
            return Self.matrixPlan(gain: gain, share: share)
        case .numbers(let gain):
            return Plan(
                space: .image, optimizer: .adam, start: .zero, beta: 1, steps: 250,
                learningRate: 0.1, schedule: .cosine, softening: 0.045 * gain,
                restingFloor: 0.0027 * gain, isScaled: true, isLayered: true, jitter: 0.2)
        }
    }

    /// β of every picture where one is seen that is not the one to be found: the less noise there is,
    /// the more of what is missing can be computed, and the less is left to the prior.
    static func weights(besideNoiseOf problem: Problem) throws(TorchError) -> [Double] {
        let count = problem.pictures.count
        guard problem.noise.character != .exact else { return Array(repeating: 0.02, count: count) }
        let y = problem.measurement
        let squares = try problem.noise.deviation(of: y).square().expanded(to: y.shape)
        let numbers = Double(y.shape.dropFirst().reduce(1, *))
        return try squares.sumPerSample().doubles().map {
            min(max(6.5 * ($0 / numbers).squareRoot(), 0.02), 0.4)
        }
    }

    /// The same for a prior behind a logit, which is that of digits.
    private func digits(_ sight: Sight, isLinear: Bool) -> Plan {
        var plan = Plan(
            space: .latent, optimizer: .adam, start: .observation, beta: 0.15, steps: 300,
            learningRate: 0.06, schedule: .cosine, softening: 0.2,
            restingFloor: 0.02, isSmoothed: true, jitter: 0.1)
        switch sight {
        case .pixels, .somePixels, .picture: break
        case .independentNumbers(let gain, _):
            plan.softening = 0.2 * gain
            plan.restingFloor = 0.02 * gain
        case .numbers(let gain):
            // Of two starts each misses some digits; which did is seen by the objective.
            plan.start = isLinear ? .zero : .observation
            plan.restarts = isLinear ? 1 : 2
            plan.secondStart = isLinear ? nil : .zero
            plan.softening = 0.2 * gain
            plan.restingFloor = 0.02 * gain
        }
        return plan
    }
}
