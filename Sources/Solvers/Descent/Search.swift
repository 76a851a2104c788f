import Tensors

/// Runs of an optimiser from several starts, of which every picture keeps the best.
struct Search {
    let problem: Problem
    let plan: MAP.Plan
    let streams: RandomStreams

    /// The lowest objective of every picture over the runs of the plan.
    ///
    /// - Parameters:
    ///   - objective: what is made small.
    ///   - checkpoint: called after every iteration.
    ///   - start: where a run, counted from 0, begins.
    /// - Returns: what was found, picture by picture.
    /// - Throws: what `checkpoint` and `start` throw; `TorchError`.
    func best(
        of objective: Objective, checkpoint: (Solution.Step) throws -> Void,
        from start: (Int) throws -> Tensor
    ) throws -> Candidates {
        let began = ContinuousClock.now
        func candidates(of run: Int) throws -> Candidates {
            let result = try descent(run, objective).run(from: start(run)) { state in
                try checkpoint(
                    Solution.Step(
                        iteration: run * plan.steps + state.iteration,
                        total: plan.restarts * plan.steps, terms: state.terms,
                        seconds: (ContinuousClock.now - began) / .seconds(1), draft: state.draft))
            }
            return try Candidates(result, of: objective)
        }
        var best = try candidates(of: 0)
        for run in 1..<max(plan.restarts, 1) { best = try best.better(candidates(of: run)) }
        return best
    }

    private func descent(_ run: Int, _ objective: Objective) -> any Descent {
        if plan.optimizer == .lbfgs { return LBFGSDescent(objective: objective, plan: plan) }
        let jitter = problem.pictures.map { streams["jitter \(run) of picture \($0)"] }
        return AdamDescent(objective: objective, plan: plan, streams: jitter)
    }
}
