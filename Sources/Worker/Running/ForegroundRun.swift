import Arrays
import Foundation
package import Jobs
package import Pipeline
package import Reports
package import Tensors

/// One job of the user's own, from its file to a complete result folder.
///
/// The folder has the same files as one of the daemon, and appears whole or not at all.
package struct ForegroundRun {
    /// What a run left behind.
    package struct Outcome: Sendable {
        /// The path of the result folder.
        package let folder: String
        package let report: Report
    }

    private let job: JobLocation
    /// The job as the user named it.
    private let path: String
    private let id: JobIdentifier
    private let device: Device
    private let threads: Int
    private let policy: PathPolicy
    private let bytes: [UInt8]
    private let inputs: JobInputs
    private let solvers: String?
    /// How many methods restore the pictures.
    package let methods: Int

    /// In bytes; the grammar refuses larger ones.
    private static let largestJobFile = 256 << 10

    /// A run of the job at `path`, which is read and checked, with its own methods or those of the
    /// list `solvers`.
    ///
    /// - Throws: `JobError` with every mistake in it, or `ArrayError`.
    package init(
        _ path: String, device: Device, threads: Int, policy: PathPolicy, solvers: String? = nil,
        using generator: inout some RandomNumberGenerator
    ) throws {
        job = JobLocation(path)
        self.path = path
        id = JobIdentifier(
            secondsSince1970: Int64(Date().timeIntervalSince1970), using: &generator)
        self.device = device
        self.threads = threads
        self.policy = policy
        bytes = try FileContents.read(job.file, atMost: Self.largestJobFile)
        self.solvers = solvers
        let (spec, defaults) = try Self.read(
            bytes, file: path, folder: job.folder, policy, solvers)
        methods = spec.solvers.count
        inputs = try JobInputs(of: spec, defaults: defaults, in: job.folder)
    }

    /// The name of the job.
    package var name: String { job.name.text }

    /// Where the result goes: `output` when it is new or empty, else a folder of the job's name
    /// and identifier in it; without `output`, such a folder in `current`.
    package func destination(output: String?, current: String) -> String {
        let own = "\(ResultName(job.name, id, hasFailed: false))"
        guard let output else { return "\(current)/\(own)" }
        // A folder that cannot be read is taken for a new one; making it then says why.
        let entries = (try? FolderEntry.all(in: output)) ?? []
        return entries.isEmpty ? output : "\(output)/\(own)"
    }

    /// Restores the pictures and publishes the result as the folder `destination`.
    ///
    /// - Throws: what `progress` and the restorer throw, and `ArrayError`; nothing is left then.
    package func run(
        _ restorer: inout some Restoring, destination: String,
        progress: (JobProgress) throws -> Void
    ) throws -> Outcome {
        let folder = try StagedFolder(destination)
        do {
            let report = try fill(folder, &restorer, progress)
            try folder.publish()
            return Outcome(folder: destination, report: report)
        } catch {
            folder.discard()
            throw error
        }
    }

    private func fill(
        _ folder: StagedFolder, _ restorer: inout some Restoring,
        _ progress: (JobProgress) throws -> Void
    ) throws -> Report {
        var lines: [String] = []
        let order = order(output: folder.staging)
        var log = JobLog { lines.append($0) }
        log.begin(order)
        try TorchProcess.useThreads(threads)
        let outcome = try restorer.restore(order) { step in
            log.note(step.progress)
            try progress(step.progress)
        }
        log.end(outcome.report)
        try OutputFile.write(bytes, to: "\(folder.staging)/job.yaml")
        try inputs.copy(to: "\(folder.staging)/inputs")
        let text = lines.map { $0 + "\n" }.joined()
        try OutputFile.write([UInt8](text.utf8), to: "\(folder.staging)/log.txt")
        try folder.writeManifest(job: name, id: id.text)
        return outcome.report
    }

    /// The job, and the file that it takes defaults from.
    private static func read(
        _ bytes: [UInt8], file: String, folder: String, _ policy: PathPolicy, _ solvers: String?
    ) throws(JobError) -> (spec: JobSpec, defaults: String?) {
        var defaults: String?
        let reader = JobReader(policy: policy, solvers: solvers) { name throws(JobError) in
            defaults = name
            let place = name.hasPrefix("/") ? name : "\(folder)/\(name)"
            return try FileContents.read(place, atMost: largestJobFile)
        }
        return (try reader.read(bytes, file: file), defaults)
    }

    private func order(output: String) -> JobOrder {
        JobOrder(
            name: name, id: id.text, jobFile: job.file, folder: job.folder, policy: policy,
            output: output, device: device, threads: threads,
            limits: WorkerRequest.Limits(pictures: 1_000_000),
            // Where pictures stay outside the result, the resolved job finds them at their place.
            picturePrefix: inputs.reachOutside ? job.folder + "/" : "inputs/",
            solvers: solvers, fileName: path)
    }
}
