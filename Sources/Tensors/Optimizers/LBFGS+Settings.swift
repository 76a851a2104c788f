extension LBFGS {
    /// How far to go along a direction.
    package enum Stepping: Sendable, Equatable {
        /// To a point that satisfies the strong Wolfe conditions.
        case strongWolfe
        /// `stepSize` times the direction, unseen.
        case fixed
    }

    /// When to stop and how much to remember; the values are PyTorch's unless said otherwise.
    package struct Settings: Sendable, Equatable {
        package var stepping: Stepping
        /// The first step tried along every direction but the first; PyTorch's learning rate.
        package var stepSize: Double
        /// The number of pairs of vectors that a sample remembers.
        package var historySize: Int
        /// The most iterations of one run.
        package var iterations: Int
        /// No iteration begins after this many evaluations in one run.
        package var evaluations: Int
        /// A sample stops when no component of its gradient is larger.
        package var gradientTolerance: Double
        /// A sample stops when neither the point nor the value changes by more.
        package var changeTolerance: Double

        /// The given settings, with `evaluations` a quarter more than `iterations` when nil.
        package init(
            stepping: Stepping = .strongWolfe, stepSize: Double = 1, historySize: Int = 100,
            iterations: Int = 20, evaluations: Int? = nil,
            gradientTolerance: Double = 1e-7, changeTolerance: Double = 1e-9
        ) {
            precondition(historySize > 0, "a history of at least one pair")
            self.stepping = stepping
            self.stepSize = stepSize
            self.historySize = historySize
            self.iterations = iterations
            self.evaluations = evaluations ?? iterations * 5 / 4
            self.gradientTolerance = gradientTolerance
            self.changeTolerance = changeTolerance
        }
    }
}
