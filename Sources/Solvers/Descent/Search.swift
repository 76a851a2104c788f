import Tensors

/// Runs of an optimiser from several starts, of which every picture keeps the best.
///
/// Where the runs of all pictures fit into one batch they share passes, and cost little more than
/// one; each comes out as it would alone, to rounding.
struct Search {
    let problem: Problem
    let plan: MAP.Plan
    let streams: RandomStreams
    private let began = ContinuousClock.now

    init(problem: Problem, plan: MAP.Plan, streams: RandomStreams) {
        self.problem = problem
        self.plan = plan
        self.streams = streams
    }

    /// As many samples keep a machine busy; more would only take memory.
    private static let fullBatch = 32

    /// The lowest objective of every picture over the runs of the plan.
    ///
    /// - Parameters:
    ///   - objective: what is made small, for this problem or one with the same pictures repeated.
    ///   - checkpoint: called after every iteration.
    ///   - start: where a run, counted from 0, begins in the space of this problem.
    /// - Returns: what was found, picture by picture.
    /// - Throws: what `objective`, `checkpoint` and `start` throw; `TorchError`.
    func best(
        of objective: (Problem) throws -> Objective,
        checkpoint: (Solution.Step) throws -> Void,
        from start: (Int, any SearchSpace) throws -> Tensor
    ) throws -> Candidates {
        let single = try objective(problem)
        let runs = 0..<max(plan.restarts, 1)
        func beginning(_ run: Int) throws -> Tensor { try start(run, single.space) }
        if runs.count > 1, runs.count * problem.pictures.count <= Self.fullBatch {
            do {
                return try together(runs, of: objective, checkpoint, from: beginning)
            } catch let error as TorchError where error.isOutOfMemory {
                // One run after the other takes less.
            }
        }
        var best = try candidates(of: 0..<1, single, checkpoint, from: beginning(0))
        for run in runs.dropFirst() {
            best = try best.better(
                candidates(of: run..<run + 1, single, checkpoint, from: beginning(run)))
        }
        return best
    }

    /// All `runs` as samples of one batch, run by run.
    private func together(
        _ runs: Range<Int>, of objective: (Problem) throws -> Objective,
        _ checkpoint: (Solution.Step) throws -> Void, from start: (Int) throws -> Tensor
    ) throws -> Candidates {
        let places = problem.pictures.indices
        let wide = try objective(problem.selecting(runs.flatMap { _ in Array(places) }))
        let starts = try Tensor.concatenated(runs.map(start), along: 0)
        let found = try candidates(of: runs, wide, checkpoint, from: starts)
        var best = try found.selecting(places)
        for run in runs.dropFirst() {
            let first = run * places.count
            best = try best.better(found.selecting(first..<first + places.count))
        }
        return best
    }

    private func candidates(
        of runs: Range<Int>, _ objective: Objective,
        _ checkpoint: (Solution.Step) throws -> Void, from start: Tensor
    ) throws -> Candidates {
        let places = problem.pictures.indices
        let result = try descent(runs, objective).run(from: start) { state in
            // Of runs that go on at the same time, the first is shown.
            try checkpoint(
                Solution.Step(
                    iteration: runs.lowerBound * plan.steps + state.iteration,
                    total: (runs.count > 1 ? 1 : plan.restarts) * plan.steps,
                    terms: Array(state.terms[places]),
                    seconds: (ContinuousClock.now - began) / .seconds(1),
                    draft: state.draft.slice(places, along: 0)))
        }
        return try Candidates(result, of: objective)
    }

    private func descent(_ runs: Range<Int>, _ objective: Objective) -> any Descent {
        if plan.optimizer == .lbfgs { return LBFGSDescent(objective: objective, plan: plan) }
        let jitter = runs.flatMap { run in
            problem.pictures.map { streams["jitter \(run) of picture \($0)"] }
        }
        return AdamDescent(objective: objective, plan: plan, streams: jitter)
    }
}
