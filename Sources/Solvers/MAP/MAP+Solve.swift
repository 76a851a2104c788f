import Models
import Physics
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
            problem: problem, space: space(plan, problem, observation), beta: plan.beta
        ).inLanes(threads: TorchProcess.threads(), isHeavy: isHeavy)
        let began = ContinuousClock.now
        func candidates(of run: Int) throws -> Candidates {
            let start = try start(of: run, plan, problem, observation, objective.space)
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
        return best.solution(of: problem)
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

    private func space(
        _ plan: Plan, _ problem: Problem, _ observation: Observation
    ) throws -> any SearchSpace {
        let isLatent = plan.space == .latent
        let pictures: any SearchSpace =
            isLatent
            ? LatentSpace(prior: prior)
            : ImageSpace(prior: prior, scale: try observation.scale(plan.isScaled))
        guard let sum = problem.noise as? NoiseSum else { return pictures }
        return try JointSpace(
            pictures, pointShape: isLatent ? [prior.dimensions] : prior.imageShape, noise: sum,
            like: problem.measurement)
    }

    /// Where a run begins; the parts of noise that are looked for share what the picture leaves.
    private func start(
        of run: Int, _ plan: Plan, _ problem: Problem, _ observation: Observation,
        _ space: any SearchSpace
    ) throws -> Tensor {
        guard let joint = space as? JointSpace else {
            return try start(of: run, plan, problem, observation, in: space)
        }
        let point = try start(of: run, plan, problem, observation, in: joint.pictures)
        return try withoutGradient {
            let picture = try joint.pictures.located(point, jitter: nil).picture
            let residual = try problem.measurement - problem.forward.apply(picture)
            return try joint.point(point, residual: residual)
        }
    }
}
