import Jobs
import Solvers

extension MAP.Settings {
    /// What a job says about MAP.
    init(_ spec: MAPSpec) {
        let iteration = spec.iteration
        self.init(
            beta: spec.beta, steps: iteration.steps, learningRate: iteration.learningRate,
            space: Self.space(iteration.space), optimizer: Self.optimizer(iteration.optimizer),
            start: Self.start(iteration.start), restarts: iteration.restarts)
    }

    private static func space(_ space: IterationSpec.Space) -> MAP.Settings.Space {
        switch space {
        case .auto: .auto
        case .latent: .latent
        case .image: .image
        }
    }

    private static func optimizer(
        _ optimizer: IterationSpec.Optimizer
    ) -> MAP.Settings.Optimizer {
        switch optimizer {
        case .auto: .auto
        case .adam: .adam
        case .lbfgs: .lbfgs
        }
    }

    private static func start(_ start: IterationSpec.Start) -> MAP.Settings.Start {
        switch start {
        case .auto: .auto
        case .zero: .zero
        case .observation: .observation
        case .random: .random
        }
    }
}
