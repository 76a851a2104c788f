import Physics
import Tensors

/// Another solver, and a search for what is not known of the noise.
///
/// Pictures are restored with a guess of the noise; what of the measurement they leave tells more
/// about the noise, and so on, a fixed number of times. Each round begins anew. Noise that is
/// known goes to the solver as it is.
package struct NoiseSearch: Solver {
    /// What restores the pictures of a round.
    package let solver: any Solver

    package init(_ solver: any Solver) {
        self.solver = solver
    }

    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        guard let unknown = problem.noise as? any UnknownNoise else {
            return try solver.solve(problem, checkpoint: checkpoint)
        }
        // Before a first guess is made of it.
        guard try problem.measurement.isAllFinite() else {
            throw SolverError(.notFinite, in: "noise")
        }
        let began = ContinuousClock.now
        var noise = try unknown.guess(problem)
        var before = 0
        var result: Solution?
        for round in 1...max(unknown.rounds, 1) {
            let left = unknown.rounds - round
            var total = 0
            let method = left > 0 ? solver.scout : solver
            let solution = try method.solve(problem.with(noise)) { step in
                total = step.total
                try checkpoint(
                    Solution.Step(
                        iteration: before + step.iteration,
                        total: before + (left + 1) * step.total, terms: step.terms,
                        seconds: (ContinuousClock.now - began) / .seconds(1), draft: step.draft))
            }
            before += total
            result = solution.with(unknown.findings(of: noise))
            guard left > 0 else { break }
            let clean = try withoutGradient { try problem.forward.apply(solution.image) }
            noise = try withoutGradient { try unknown.found(problem, given: clean) }
        }
        guard let result else { return try solver.solve(problem, checkpoint: checkpoint) }
        return result
    }
}

extension Problem {
    /// The same measurement with other noise.
    fileprivate func with(_ noise: any NoiseModel) -> Problem {
        Problem(measurement: measurement, forward: forward, noise: noise, pictures: pictures)
    }
}

extension Solution {
    /// The same solution with what was found about the noise.
    fileprivate func with(_ findings: [Finding]) -> Solution {
        Solution(
            image: image, terms: terms, logLikelihood: logLikelihood, iterations: iterations,
            warnings: warnings, findings: findings, posteriors: posteriors, weights: weights,
            noise: noise, energies: energies)
    }
}
