import Tensors

/// L-BFGS with a strong Wolfe line search, sample by sample, on a noise floor that sinks in stages.
struct LBFGSDescent: Descent {
    /// The number of pairs of vectors that every sample remembers.
    private static let history = 20
    /// The noise floors before the last stage.
    private static let stages = 4
    /// Evaluations that a line search may take, on average.
    private static let evaluationsPerStep = 2

    let objective: Objective
    let plan: MAP.Plan

    func run(
        from start: Tensor, checkpoint: (DescentState) throws -> Void
    ) throws -> DescentResult {
        let count = start.shape[0]
        var point = try finite(start)
        var iterations = Array(repeating: 0, count: count)
        var setbacks = Array(repeating: 0, count: count)
        var reported = 0
        for stage in stages {
            var optimizer = try LBFGS(point, settings(stage.steps))
            let done = iterations
            try optimizer.run { point in
                let evaluation = try objective.evaluate(point, floor: stage.floor)
                return (evaluation.terms.map(\.objective), evaluation.gradients)
            } checkpoint: { optimizer in
                let furthest = zip(done, optimizer.progress).map { $0 + $1.iterations }.max() ?? 0
                guard furthest > reported else { return }
                reported = furthest
                let point = try optimizer.points()
                let value = try objective.value(at: point)
                try checkpoint(
                    DescentState(
                        iteration: furthest, point: point, terms: value.terms,
                        draft: value.picture))
            }
            point = try optimizer.points()
            for (sample, progress) in optimizer.progress.enumerated() {
                iterations[sample] += progress.iterations
                setbacks[sample] += progress.nonFiniteEvaluations
            }
        }
        return DescentResult(point: point, iterations: iterations, setbacks: setbacks)
    }

    /// Floors and numbers of steps, the noise as it is last.
    private var stages: [(floor: Double?, steps: Int)] {
        let count = plan.softening == nil ? 1 : min(Self.stages + 1, plan.steps)
        return (0..<count).map { stage in
            let first = stage * plan.steps / count
            let last = (stage + 1) * plan.steps / count
            // The floor that Adam would have at the same place; the last stage has none.
            let floor = stage == count - 1 ? nil : plan.floor(at: first * 2 / 3 + 1)
            return (floor, last - first)
        }
    }

    private func settings(_ steps: Int) -> LBFGS.Settings {
        LBFGS.Settings(
            historySize: Self.history, iterations: steps,
            evaluations: steps * Self.evaluationsPerStep, changeTolerance: 0)
    }

    /// The start, or the refuge for samples where the objective is not finite.
    private func finite(_ start: Tensor) throws -> Tensor {
        let isFinite = try objective.evaluate(start, floor: plan.floor(at: 1)).isFinite
        guard isFinite.contains(false) else { return start }
        return try start.chosen(
            where: .choosing(isFinite, like: start), else: objective.space.refuge(like: start))
    }
}
