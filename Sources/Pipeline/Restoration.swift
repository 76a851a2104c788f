import Images
import Models
import Physics
import Reports
import Solvers
import Tensors

/// Solves a prepared job in batches and compares the results with the truth where it is known.
struct Restoration {
    let job: PreparedJob
    let solver: any Solver

    /// The pictures that are solved together: as many as keep a batch small in memory.
    var batchSize: Int {
        let dimensions = job.prior.flow.dimensions
        return max(1, min(64, 400_000 / max(dimensions, 1)))
    }

    /// Every picture of the job, restored.
    ///
    /// - Throws: what `report` throws, `SolverError`, `TorchError` or `ImageError`.
    func run(report: (JobStep) throws -> Void) throws -> [RestoredPicture] {
        let count = job.pictures.count
        let clock = ContinuousClock()
        let began = clock.now
        var results: [RestoredPicture] = []
        for start in stride(from: 0, to: count, by: batchSize) {
            let range = start..<min(start + batchSize, count)
            results += try batch(range) { step in
                let spent = (clock.now - began) / .seconds(1)
                let progress = self.progress(of: step, range, seconds: spent)
                try report(JobStep(progress: progress, draft: step.pictures))
            }
        }
        return results
    }

    private func progress(
        of step: Solution.Step, _ range: Range<Int>, seconds: Double
    ) -> JobProgress {
        let count = job.pictures.count
        let part = Double(step.iteration) / Double(max(step.total, 1))
        let share = (Double(range.lowerBound) + part * Double(range.count)) / Double(count)
        return JobProgress(
            picture: job.pictures[range.lowerBound].name, done: range.lowerBound, count: count,
            batch: range.count, iteration: step.iteration, iterations: step.total,
            secondsLeft: share > 0 ? seconds / share - seconds : nil)
    }

    private func batch(
        _ range: Range<Int>, report: (Solution.Step) throws -> Void
    ) throws -> [RestoredPicture] {
        let problem = try job.problem(range)
        let evaluation = try evaluation(range)
        var traces = Array(repeating: [TracePoint](), count: range.count)
        var seconds = 0.0
        let solution = try solver.solve(problem) { step in
            let psnr = try step.isPlotted ? evaluation?.psnr(step.estimate()) : nil
            for (index, terms) in step.terms.enumerated() {
                traces[index].append(
                    TracePoint(
                        iteration: step.iteration, objective: terms.objective,
                        dataTerm: terms.data, priorTerm: terms.prior, psnr: psnr?[index],
                        seconds: step.seconds))
            }
            seconds = step.seconds
            try report(step)
        }
        return try withoutGradient {
            try results(
                range, problem, solution, evaluation, traces, seconds / Double(range.count))
        }
    }

    private func results(
        _ range: Range<Int>, _ problem: Problem, _ solution: Solution, _ evaluation: Evaluation?,
        _ traces: [[TracePoint]], _ seconds: Double
    ) throws -> [RestoredPicture] {
        let restored = solution.image
        let noise = try problem.measurement - job.forward.apply(restored)
        let scores = try evaluation?.scores(of: restored, input: input(of: problem))
        return try range.enumerated().map { index, number in
            RestoredPicture(
                picture: job.pictures[number], truth: try evaluation?.truth.element(index),
                measurement: try problem.measurement.element(index),
                restored: try restored.element(index), noise: try noise.element(index),
                score: scores?[index], terms: solution.terms[index],
                iterations: solution.iterations[index], seconds: seconds,
                logLikelihood: solution.logLikelihood?[index], trace: traces[index],
                warnings: solution.warnings.filter { $0.picture == number }.map(\.description))
        }
    }

    /// A⁺y, nil where the operator has no such thing.
    private func input(of problem: Problem) throws(TorchError) -> Tensor? {
        guard let linear = job.forward as? any LinearOperator else { return nil }
        return try linear.pseudoInverse(problem.measurement)
    }

    private func evaluation(_ range: Range<Int>) throws(TorchError) -> Evaluation? {
        guard let truth = job.truth else { return nil }
        let patches = job.noise.patches.map { Array($0[range]) }
        return try Evaluation(
            truth: truth.slice(range, along: 0), patches: patches,
            patchSize: job.noise.patchSize)
    }
}

extension Solution.Step {
    /// Whether the PSNR of this iteration is worth a look: about fifty of a run are.
    fileprivate var isPlotted: Bool {
        iteration == 1 || iteration == total || iteration % max(total / 50, 1) == 0
    }

    /// The first pictures of the draft, without those that are not finite.
    fileprivate func pictures(atMost most: Int) throws -> [Picture] {
        try (0..<min(most, draft.shape[0])).compactMap { index in
            let values = try draft.element(index).hostArray()
            do throws(ImageError) {
                return try Picture(floats: values)
            } catch {
                guard case .notANumber = error.reason else { throw error }
                return nil
            }
        }
    }
}
