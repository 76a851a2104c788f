import Foundation
import Programs
import Training

/// Shows a user how a training goes.
struct TrainingDisplay {
    private let plan: TrainingPlan
    private let objective: any Objective
    private let firstStep: Int
    private let start = ContinuousClock.now
    private var line: ProgressLine
    /// The figure of the last batches; one batch alone jumps too much to be read.
    private var smooth = 0.0
    private var steps = 0
    private let write: (String) -> Void

    /// A display that writes to `write`.
    init(
        plan: TrainingPlan, objective: any Objective, firstStep: Int,
        write: @escaping (String) -> Void
    ) {
        self.write = write
        self.objective = objective
        self.plan = plan
        self.firstStep = firstStep
        line = ProgressLine(plan.recipe.name, write: write)
    }

    mutating func show(_ event: TrainingRun.Event) {
        switch event {
        case .step(let step, let secondsLeft): show(step, secondsLeft)
        case .validated(let value):
            line.clear()
            write("validation: \(decimals(value)) \(objective.validated.unit)\n")
        case .saved: break
        }
    }

    func end() { line.clear() }

    private mutating func show(_ step: TrainingStep, _ secondsLeft: Double) {
        guard step.gradientNorm.isFinite else {
            line.clear()
            return write(
                "step \(step.step): the loss is not finite; skipped, learning rate halved\n")
        }
        steps += 1
        smooth += (step.figure - smooth) * max(0.02, 1 / Double(steps))
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
            + "\(decimals(smooth)) \(objective.trained.unit), \(speed) pictures a second"
    }

    private func decimals(_ number: Double) -> String { String(format: "%.3f", number) }
}
