/// What one step of a training gave.
package struct TrainingStep: Sendable {
    /// The number of this step, counted from 1.
    package let step: Int
    package let learningRate: Double
    /// Before clipping; not finite when the step was skipped.
    package let gradientNorm: Double
    /// What the objective tells of the batch, before the step.
    package let figure: Double
}
