import Foundation
package import Jobs
package import Tensors
import YAML

/// One job to be restored: where it lies, what it may read, and where its results go.
package struct JobOrder: Sendable {
    /// The name under which the job was submitted.
    package var name: String
    package var id: String
    /// The path of the job file.
    package var jobFile: String
    /// What messages call it.
    package var fileName: String
    /// The folder that relative paths in the job are resolved beneath.
    package var folder: String
    /// Which paths a job may name.
    package var policy: PathPolicy
    /// An existing folder; nothing is written elsewhere.
    package var output: String
    package var device: Device
    package var threads: Int
    /// The largest picture in pixels, and the largest number of pictures.
    package var limits: WorkerRequest.Limits
    /// What the resolved job file puts before the names of pictures, such as `inputs/`.
    package var picturePrefix: String
    /// Methods that are compared instead of those of the job, a list such as `map, bm3d`.
    package var solvers: String?

    package init(
        name: String, id: String, jobFile: String, folder: String, policy: PathPolicy,
        output: String, device: Device, threads: Int, limits: WorkerRequest.Limits = .init(),
        picturePrefix: String = "", solvers: String? = nil, fileName: String? = nil
    ) {
        self.name = name
        self.id = id
        self.jobFile = jobFile
        self.fileName = fileName ?? (jobFile as NSString).lastPathComponent
        self.folder = folder
        self.policy = policy
        self.output = output
        self.device = device
        self.threads = threads
        self.limits = limits
        self.picturePrefix = picturePrefix
        self.solvers = solvers
    }
}

extension JobOrder {
    /// The job.
    ///
    /// - Throws: `JobError` with every mistake in it.
    func spec() throws(JobError) -> JobSpec {
        try JobReader.read(
            path: jobFile, named: fileName, folder: folder, policy: policy, solvers: solvers)
    }

    /// Where a part of the job stands.
    func position(of part: SettingPath) -> YAMLPosition? {
        JobReader.position(
            of: part, inJob: jobFile, named: fileName, folder: folder, policy: policy,
            solvers: solvers)
    }
}
