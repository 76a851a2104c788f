extension MAP {
    /// What a user may choose; nil and `auto` are left to the solver's plan.
    package struct Settings: Sendable, Equatable {
        /// The variables that are optimised.
        package enum Space: Sendable, CaseIterable {
            case auto, latent, image
        }

        package enum Optimizer: Sendable, CaseIterable {
            case auto, adam, lbfgs
        }

        /// Where the iteration begins.
        package enum Start: Sendable, CaseIterable {
            case auto
            /// The prior's most likely latents, z = 0.
            case zero
            /// The picture that the measurement shows.
            case observation
            /// Latents drawn from N(0, I).
            case random
        }

        /// β, the weight of the prior.
        package var beta: Double?
        /// Whether β is found, picture by picture, by the discrepancy principle; `beta` is then
        /// where it begins.
        package var findsBeta: Bool
        package var steps: Int?
        package var learningRate: Double?
        package var space: Space
        package var optimizer: Optimizer
        package var start: Start
        /// The number of runs, of which every picture keeps the one with the lowest objective.
        package var restarts: Int
        /// How windows lie over pictures that are larger than those of the prior.
        package var windows: Windows

        package init(
            beta: Double? = nil, steps: Int? = nil, learningRate: Double? = nil,
            space: Space = .auto, optimizer: Optimizer = .auto, start: Start = .auto,
            restarts: Int = 1, windows: Windows = .init(), findsBeta: Bool = false
        ) {
            self.beta = beta
            self.steps = steps
            self.learningRate = learningRate
            self.space = space
            self.optimizer = optimizer
            self.start = start
            self.restarts = restarts
            self.windows = windows
            self.findsBeta = findsBeta
        }
    }
}
