import Arrays
import Foundation
import Images
import Jobs
import Models
import Reports
import Solvers
import Tensors
import YAML

/// Restores one job after the other and keeps the last models warm.
package struct Restorer {
    private var shelf: ModelShelf
    /// The name and version of the programs, for reports.
    private let software: String

    package init(software: String) {
        shelf = ModelShelf()
        self.software = software
    }

    /// Reads, solves, compares, writes and reads back one job.
    ///
    /// - Throws: what `progress` throws, `JobError` with every mistake in the job file,
    ///   `JobFault`, and the errors of models, pictures, files, solvers and tensors;
    ///   `JobFailure(explaining:)` makes a failure of any of them.
    package mutating func restore(
        _ order: JobOrder, progress: (JobStep) throws -> Void
    ) throws -> JobOutcome {
        var errand = try prepared(order)
        let turn = errand.turn(0)
        let results = try Restoration(jobs: [errand.job], solver: errand.solver)
            .run { try progress($1.within(turn)) }
        errand.stages.end("solve")
        let others = try errand.solveByRivals(hear: progress)
        return try published(errand, results[0], others)
    }

    /// Reads a job and what it needs.
    ///
    /// - Parameters:
    ///   - order: the job.
    ///   - pictures: its pictures, which are not read then.
    ///   - isOutline: whether it is only to be seen that it can be solved.
    /// - Returns: the job, ready to be solved.
    /// - Throws: what `restore(_:progress:)` throws.
    mutating func prepared(
        _ order: JobOrder, pictures: [JobPicture]? = nil, isOutline: Bool = false
    ) throws -> Errand {
        let started = Date()
        var stages = Stages()
        let spec = try order.spec()
        try TorchProcess.useDeterministicAlgorithms(spec.isDeterministic)
        let reader = PictureReader(
            policy: order.policy, folder: order.folder, limits: order.limits)
        do {
            let job = try PreparedJob(
                spec.restoring(with: 0), reader: reader, device: order.device, shelf: &shelf,
                pictures: pictures, isOutline: isOutline)
            let solver = try Self.solver(for: job)
            let plan = try job.plan(of: solver)
            let rivals = try spec.solvers.indices.dropFirst().map { index in
                try Rival(index, of: spec, besides: job, reader, on: order.device, &shelf)
            }
            stages.end("read")
            return Errand(
                order: order, spec: spec, job: job, solver: solver, plan: plan, rivals: rivals,
                started: started, stages: stages)
        } catch let fault as JobFault {
            let fault = spec.rivals.isEmpty ? fault : fault.inMethod(0)
            throw fault.placed(at: order.position(of: fault.path))
        }
    }

    /// The method of a job, and what looks for its noise where that is not known.
    ///
    /// - Throws: `JobFault` when the model does not fit the method, or `TorchError`.
    static func solver(for job: PreparedJob) throws -> any DescribedSolver {
        let solver = try PreparedJob.blamingModel(of: job.spec) {
            try job.spec.solver.solver(
                prior: job.prior, imageShape: job.imageShape,
                streams: RandomStreams(seed: job.spec.seed),
                measurement: job.task,
                // The bits of a result depend on how many share a pass.
                room: job.spec.isDeterministic
                    ? .unknown : SampleRoom(on: job.measurement.device()))
        }
        return job.noise.model is any UnknownNoise ? NoiseSearch(solver) : solver
    }

    /// Compares, writes and reads back a solved job.
    ///
    /// - Throws: what `restore(_:progress:)` throws.
    func published(
        _ errand: Errand, _ results: [RestoredPicture], _ others: [Rival.Outcome]
    ) throws -> JobOutcome {
        let (order, job, spec) = (errand.order, errand.job, errand.spec)
        try results.checkObjectives(of: job.spec.solver)
        var stages = errand.stages
        var folder = ResultFolder(order.output, spec.output)
        let images = try results.map { result in
            try folder.write(result, bits: job.bitsPerDimension(result.logLikelihood))
        }
        let plan = errand.plan
        let comparison = try comparison(of: errand, plan, images, others, in: &folder)
        stages.end("write pictures")
        let run = RunFacts(
            started: errand.started, finished: Date(), seconds: stages.total,
            device: order.device.description, threads: order.threads, seed: spec.seed,
            software: try versions(), stages: stages.facts)
        let report = Report(
            job: JobIdentity(name: order.name, id: order.id), run: run,
            model: job.modelFacts, settings: try settings(of: spec, plan), images: images,
            warnings: comparison.compactMap { method in
                method.failure.map { "\(method.title) failed: \($0)" }
            }, comparison: comparison)
        try folder.write(report, of: spec, picturePrefix: order.picturePrefix)
        try folder.verify()
        return JobOutcome(report: report, model: job.prior?.folder.path, files: folder.files)
    }

    /// The resolved job, and what the solver chose where it was free to.
    private func settings(of spec: JobSpec, _ plan: JSONValue) throws -> JSONValue {
        try JSONValue(parsing: spec.value.json, context: "settings").adding("plan", plan)
    }

    private func versions() throws -> [RunFacts.Software] {
        let parts = software.split(separator: " ").map(String.init)
        return [
            .init(name: parts.first ?? "sluice", version: parts.last ?? ""),
            .init(name: "libtorch", version: try TorchProcess.version()),
        ]
    }
}
