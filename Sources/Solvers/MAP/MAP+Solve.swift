import Models
import Tensors

extension MAP {
    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        try solve(problem, following: plan(for: problem), checkpoint: checkpoint)
    }

    /// Solves `problem` with every choice made.
    ///
    /// - Throws: what `solve(_:checkpoint:)` throws.
    package func solve(
        _ problem: Problem, following plan: Plan, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        try validate(problem)
        // Threads that share operations on one small picture are slower than one thread.
        guard problem.pictures.count == 1, !isHeavy else {
            return try search(problem, plan, checkpoint)
        }
        return try TorchProcess.withOneThread { try search(problem, plan, checkpoint) }
    }

    private func search(
        _ problem: Problem, _ plan: Plan, _ checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let observation = try Observation(problem, imageShape: prior.imageShape)
        let objective = try Objective(
            problem: problem, space: space(plan, observation), beta: plan.beta
        ).inLanes(threads: TorchProcess.threads(), isHeavy: isHeavy)
        let began = ContinuousClock.now
        func candidates(of run: Int) throws -> Candidates {
            let start = try start(of: run, plan, problem, observation, in: objective.space)
            let result = try descent(run, plan, objective).run(from: start) { state in
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
        return try best.fulfilling(problem).solution(of: problem)
    }

    /// Whether single operations of the prior are large enough for several threads: from about
    /// three million parameters on, by measurement (`Docs/performance.md`).
    private var isHeavy: Bool { prior.parameterCount >= 3_000_000 }

    private func descent(
        _ run: Int, _ plan: Plan, _ objective: Objective
    ) -> any Descent {
        if plan.optimizer == .lbfgs { return LBFGSDescent(objective: objective, plan: plan) }
        let jitter = objective.problem.pictures.map { streams["jitter \(run) of picture \($0)"] }
        return AdamDescent(objective: objective, plan: plan, streams: jitter)
    }

    private func space(_ plan: Plan, _ observation: Observation) throws -> any SearchSpace {
        if plan.space == .latent { return LatentSpace(prior: prior) }
        let scale = try observation.scale(plan.isScaled)
        if plan.isLayered {
            return try PyramidSpace(prior: prior, scale: scale, limit: Observation.unmeasured)
        }
        return ImageSpace(prior: prior, scale: scale)
    }
}
