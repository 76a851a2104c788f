import Models
import Physics
import Tensors

extension Langevin {
    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let plan = try plan(for: problem)
        let began = ContinuousClock.now
        let count = problem.pictures.count
        var before = 0
        let start = try map.solve(problem) { step in
            before = step.total
            try checkpoint(step.within(step.total + count * plan.steps))
        }
        let total = before + count * plan.steps
        var drafts = try (0..<count).map { try start.image.element($0) }
        var posteriors: [Posterior] = []
        let portions = Portions(
            of: map.room.samples(numbers: prior.dimensions, atMost: plan.chains))
        for place in 0..<count {
            let single = try problem.selecting([place])
            // How strong the noise is, each picture says for itself.
            let sampling = PosteriorSampling(
                self, try self.plan(for: single), single, around: try drafts[place].batched(),
                in: portions)
            posteriors.append(
                try sampling.run { step, mean in
                    drafts[place] = mean
                    try checkpoint(
                        Solution.Step(
                            iteration: before + place * plan.steps + step, total: total,
                            terms: start.terms,
                            seconds: (ContinuousClock.now - began) / .seconds(1),
                            draft: .stacked(drafts)))
                })
        }
        return try solution(
            problem, plan, mean: problem.fulfilled(by: .stacked(drafts)), posteriors, start,
            iterations: before + plan.steps)
    }

    private func solution(
        _ problem: Problem, _ plan: Plan, mean: Tensor, _ posteriors: [Posterior],
        _ start: Solution, iterations: Int
    ) throws -> Solution {
        // Where noise is a sum of which parts are searched, as one Gaussian as wide as all of it: the mean
        // has no parts.
        let objective = Objective(
            problem: problem,
            space: ImageSpace(prior: prior, scale: try mean.slice(0..<1, along: 0).filled(with: 1)),
            beta: plan.beta)
        let found = try objective.value(at: mean)
        let mixing = posteriors.enumerated().compactMap { place, posterior in
            posterior.warning.map { Solution.Warning(sample: place, $0) }
        }
        let plain = posteriors.indices.filter { posteriors[$0].usedPlainPaths }
            .map(Solution.Warning.plainPaths).filter { !start.warnings.contains($0) }
        return Solution(
            image: mean, terms: found.terms, logLikelihood: found.logPrior,
            iterations: posteriors.map { _ in iterations },
            warnings: start.warnings + plain + mixing,
            posteriors: posteriors)
    }
}

extension Solution.Step {
    /// The same step of a longer way.
    fileprivate func within(_ total: Int) -> Solution.Step {
        Solution.Step(
            iteration: iteration, total: total, terms: terms, seconds: seconds, draft: draft)
    }
}

extension Tensor {
    /// The same with a first axis of one.
    fileprivate func batched() throws(TorchError) -> Tensor { try reshaped(to: [1] + shape) }
}
