import Tensors

/// Runs of an optimiser from several starts, of which every picture keeps the best.
///
/// As many runs as memory has room for share passes, and cost little more than one; each comes out
/// as it would alone, to rounding: its random numbers have streams of its own.
struct Search {
    let problem: Problem
    let plan: MAP.Plan
    let streams: RandomStreams
    /// Of runs.
    private let portions: Portions
    private let began = ContinuousClock.now

    /// A search for pictures of `imageShape`, as many runs at a time as there is `room` for.
    init(
        problem: Problem, plan: MAP.Plan, streams: RandomStreams, imageShape: [Int],
        room: SampleRoom
    ) {
        self.problem = problem
        self.plan = plan
        self.streams = streams
        let samples = room.samples(
            numbers: imageShape.reduce(1, *), atMost: Self.fullBatch)
        portions = Portions(of: samples / max(problem.pictures.count, 1))
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
        // The iterations that were told of, those for which memory did not suffice in the end too.
        var told = 0
        return try portions.reduce(max(plan.restarts, 1), by: { try $0.better($1) }) { runs in
            let before = told
            let starts = try runs.map { try start($0, single.space) }
            let found = try candidates(
                of: runs, runs.count > 1 ? objective(repeated(runs.count)) : single,
                from: .concatenated(starts, along: 0)
            ) { state in
                told = before + state.iteration
                try checkpoint(step(state, told, total: before + steps(from: runs)))
            }
            told = before + plan.steps
            return found
        }
    }

    /// The problem with so many samples of every picture, run by run.
    private func repeated(_ runs: Int) throws -> Problem {
        try problem.selecting((0..<runs).flatMap { _ in Array(problem.pictures.indices) })
    }

    /// The iterations of `runs`, which go on at the same time, and of those after them.
    private func steps(from runs: Range<Int>) -> Int {
        let left = max(plan.restarts, 1) - runs.upperBound
        return (1 + (left + portions.size - 1) / portions.size) * plan.steps
    }

    /// Of runs that go on at the same time, the first is shown.
    private func step(
        _ state: DescentState, _ iteration: Int, total: Int
    ) throws(TorchError) -> Solution.Step {
        let places = problem.pictures.indices
        return Solution.Step(
            iteration: iteration, total: total, terms: Array(state.terms[places]),
            seconds: (ContinuousClock.now - began) / .seconds(1),
            draft: try state.draft.slice(places, along: 0))
    }

    /// The best of `runs`, all of which are samples of one `objective`, run by run.
    private func candidates(
        of runs: Range<Int>, _ objective: Objective, from start: Tensor,
        _ look: (DescentState) throws -> Void
    ) throws -> Candidates {
        let result = try descent(runs, objective).run(from: start, checkpoint: look)
        let found = try Candidates(result, of: objective)
        let count = problem.pictures.count
        var best = try found.selecting(0..<count)
        for run in 1..<runs.count {
            best = try best.better(found.selecting(run * count..<(run + 1) * count))
        }
        return best
    }

    private func descent(_ runs: Range<Int>, _ objective: Objective) -> any Descent {
        if plan.optimizer == .lbfgs { return LBFGSDescent(objective: objective, plan: plan) }
        let jitter = runs.flatMap { run in
            problem.pictures.map { streams["jitter \(run) of picture \($0)"] }
        }
        return AdamDescent(objective: objective, plan: plan, streams: jitter)
    }
}
