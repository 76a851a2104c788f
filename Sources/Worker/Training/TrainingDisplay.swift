import Foundation
import Programs
import Training

/// Shows a user how a training goes.
struct TrainingDisplay {
    private let plan: TrainingPlan
    private let firstStep: Int
    private let start = ContinuousClock.now
    private var line: ProgressLine
    /// Bits per dimension of the last batches; one batch alone jumps too much to be read.
    private var smooth: Double?

    init(plan: TrainingPlan, firstStep: Int) {
        self.plan = plan
        self.firstStep = firstStep
        line = ProgressLine(plan.recipe.name)
    }

    mutating func show(_ event: TrainingRun.Event) {
        switch event {
        case .step(let step, let secondsLeft): show(step, secondsLeft)
        case .validated(let bits):
            line.clear()
            StandardError.write("validation: \(decimals(bits)) bits/dim")
        case .saved: break
        }
    }

    func end() { line.clear() }

    private mutating func show(_ step: TrainingStep, _ secondsLeft: Double) {
        guard step.gradientNorm.isFinite else {
            line.clear()
            return StandardError.write(
                "step \(step.step): the loss is not finite; skipped, learning rate halved")
        }
        let value = smooth.map { 0.98 * $0 + 0.02 * step.bitsPerDimension }
        smooth = value ?? step.bitsPerDimension
        let summary = summary(of: step)
        line.show(
            Double(step.step) / Double(plan.recipe.steps), summary: summary,
            secondsLeft: secondsLeft)
    }

    private func summary(of step: TrainingStep) -> String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let pictures = Double((step.step - firstStep) * plan.recipe.batch)
        let speed = seconds > 0 ? Int((pictures / seconds).rounded()) : 0
        return "step \(step.step) of \(plan.recipe.steps), "
            + "\(decimals(smooth ?? step.bitsPerDimension)) bits/dim, \(speed) pictures a second"
    }

    private func decimals(_ number: Double) -> String { String(format: "%.3f", number) }
}
