import Models
import Physics
import Reports
import Solvers
import Tensors

/// One batch of a restoration, from its problem to its pictures.
struct RestoredBatch {
    private let jobs: [PreparedJob]
    private let solver: any Solver
    private let parts: [BatchPart]
    private let problem: Problem
    /// For every part, where the truth is known.
    private let evaluations: [Evaluation?]
    private var count: Int { problem.pictures.count }

    /// - Throws: `TorchError` when memory is short.
    init(
        _ restoration: Restoration, _ parts: [BatchPart]
    ) throws(TorchError) {
        jobs = restoration.jobs
        solver = restoration.solver
        self.parts = parts
        var problems: [Problem] = []
        var evaluations: [Evaluation?] = []
        for part in parts {
            let job = restoration.jobs[part.job]
            problems.append(try job.problem(part.range))
            evaluations.append(try job.evaluation(part.range))
        }
        problem = try .joined(problems)
        self.evaluations = evaluations
    }

    /// Solves the batch.
    ///
    /// - Returns: the pictures of every part.
    /// - Throws: what `report` throws, `SolverError`, `TorchError` or `ImageError`.
    func run(report: (Solution.Step) throws -> Void) throws -> [[RestoredPicture]] {
        var traces = Array(repeating: [TracePoint](), count: count)
        var seconds = 0.0
        let solution = try solver.solve(problem) { step in
            let psnr = try step.isPlotted ? psnr(of: step) : nil
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
            // Tensors of single jobs are small: threads gain where each has jobs of its own.
            let lanes = try problem.measurement.device() == .cpu ? TorchProcess.threads() : 1
            return try Lanes.map(Lanes.ranges(of: parts.count, atMost: lanes)) { lane in
                try lane.map { try results($0, solution, traces, seconds / Double(count)) }
            }.flatMap { $0 }
        }
    }

    /// The PSNR of every picture, where the truth is known.
    private func psnr(of step: Solution.Step) throws -> [Double?]? {
        guard evaluations.contains(where: { $0 != nil }) else { return nil }
        // What the iteration has looked at: another look would be another pass through the prior.
        return try zip(parts, evaluations).flatMap { part, evaluation in
            try evaluation?.psnr(step.draft.slice(part.places, along: 0))
                ?? part.places.map { _ in nil }
        }
    }

    private func results(
        _ index: Int, _ solution: Solution, _ traces: [[TracePoint]], _ seconds: Double
    ) throws -> [RestoredPicture] {
        let part = parts[index]
        let job = jobs[part.job]
        let evaluation = evaluations[index]
        let measurement = try problem.measurement.slice(part.places, along: 0)
        let restored = try solution.image.slice(part.places, along: 0)
        let clean = try job.forward.apply(restored)
        let noise = try solution.noise?.slice(part.places, along: 0) ?? (measurement - clean)
        let findings = solution.findings.isEmpty ? [] : Array(solution.findings[part.places])
        let judgement = try job.judgement(
            of: restored, given: clean, part.range, findings,
            known: solution.traits.map { Array($0[part.places]) })
        let scores = try evaluation?.scores(
            of: restored, input: input(of: measurement, job), noise: noise)
        let traits = try job.noiseTraits(of: noise, part.range, findings)
        let remainders = try solution.noise == nil ? nil : sizes(of: measurement - clean - noise)
        return try zip(part.range, part.places).enumerated().map { index, place in
            let (number, sample) = place
            return RestoredPicture(
                picture: job.pictures[number], truth: try evaluation?.truth.element(index),
                measurement: try measurement.element(index),
                restored: try restored.element(index), noise: try noise.element(index),
                trueNoise: try evaluation?.noise?.element(index),
                score: scores?[index], terms: solution.terms[sample],
                iterations: solution.iterations[sample], seconds: seconds,
                logLikelihood: solution.logLikelihood?[sample], trace: traces[sample],
                warnings: solution.warnings.filter { $0.sample == sample }.map(\.description)
                    + (judgement.oddness?[index]?.warnings ?? []),
                noiseFacts: NoiseFacts(
                    logLikelihood: solution.noise == nil
                        ? judgement.noiseLogLikelihood?[index] : traits?[index]?.logDensity,
                    bitsPerDim: traits?[index]?.bitsPerDim, remainder: remainders?[index]),
                oddness: judgement.oddness?[index],
                finding: solution.findings.isEmpty ? nil : solution.findings[sample],
                posterior: solution.posteriors.isEmpty ? nil : solution.posteriors[sample],
                beta: solution.weights?[sample])
        }
    }

    /// The root mean square of every sample.
    private func sizes(of values: Tensor) throws(TorchError) -> [Double] {
        let count = Double(values.shape.dropFirst().reduce(1, *))
        return try values.square().sumPerSample().doubles().map { ($0 / count).squareRoot() }
    }

    /// What the measurement shows before anything is restored, nil where that is no picture.
    private func input(of measurement: Tensor, _ job: PreparedJob) throws(TorchError) -> Tensor? {
        try job.forward.shown(by: measurement)
    }
}

extension PreparedJob {
    fileprivate func evaluation(_ range: Range<Int>) throws(TorchError) -> Evaluation? {
        guard let truth else { return nil }
        let patches = noise.patches.map { Array($0[range]) }
        return try Evaluation(
            truth: truth.slice(range, along: 0), noise: trueNoise(range), patches: patches,
            patchSize: noise.patchSize)
    }
}

extension Solution {
    /// What its flow says of every picture, where the solver knows.
    fileprivate var traits: [PictureTraits]? {
        guard let logLikelihood, let energies else { return nil }
        return zip(logLikelihood, energies).map { PictureTraits(logLikelihood: $0, energy: $1) }
    }
}

extension Solution.Step {
    /// Whether the PSNR of this iteration is worth a look: about fifty of a run are.
    fileprivate var isPlotted: Bool {
        guard !terms.isEmpty else { return false }
        return iteration == 1 || iteration == total || iteration % max(total / 50, 1) == 0
    }
}
