extension LBFGS {
    /// Why a sample stopped.
    package enum Outcome: Sendable, Equatable {
        case iterationLimit, evaluationLimit
        /// The gradient is as small as was asked for.
        case smallGradient
        /// The point or the value no longer changes, or the direction leads nowhere.
        case noProgress
        /// The value or the gradient is infinite or NaN at the start, or at every step tried; the
        /// sample is at its last finite point.
        case nonFinite
    }

    /// How far one sample is.
    package struct Progress: Sendable, Equatable {
        /// The iterations and evaluations since the beginning, over all runs.
        package let iterations: Int
        package let evaluations: Int
        /// The evaluations that gave an infinite value or NaN and made the step smaller.
        package let nonFiniteEvaluations: Int
        /// The value at the point, NaN before the first evaluation.
        package let value: Double
        /// Whether an iteration ended in this round.
        package let hasAdvanced: Bool
        /// Nil while the sample is active.
        package let outcome: Outcome?
    }
}
