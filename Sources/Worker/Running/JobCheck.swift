package import Jobs
package import Pipeline
import Programs
import Tensors

/// Looks at jobs of the user's own as a run would, up to the first iteration, and writes nothing.
package struct JobCheck {
    private let policy: PathPolicy
    private var restorer: Restorer

    /// A check of jobs that may name what `policy` lets them.
    package init(policy: PathPolicy, restorer: Restorer) {
        self.policy = policy
        self.restorer = restorer
    }

    /// What is to be said of the job at `path`.
    package mutating func check(_ path: String) -> CheckedJob {
        let job = JobLocation(path)
        let order = JobOrder(
            name: job.name.text, id: "", jobFile: job.file, folder: job.folder, policy: policy,
            output: "", device: .cpu, threads: 1, limits: .init(pictures: 1_000_000),
            fileName: path)
        do {
            let missing = try restorer.check(order)
            return CheckedJob(
                file: path, exitCode: 0, failure: nil, missing: missing.map(\.description))
        } catch {
            return CheckedJob(
                file: path, exitCode: SystemExit(explaining: error).rawValue,
                failure: JobFailure(explaining: error))
        }
    }
}
