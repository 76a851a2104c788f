import Jobs
import YAML

/// Reads `text` as a job that is called `job.yaml`.
func readJob(
    _ text: String, policy: PathPolicy = .user,
    defaults: [String: String] = [:]
) throws(JobError) -> JobSpec {
    let reader = JobReader(policy: policy) {
        (name) throws(JobError) in
        guard let text = defaults[name] else { throw JobError(.missing, file: name) }
        return Array(text.utf8)
    }
    return try reader.read(Array(text.utf8), file: "job.yaml")
}

/// The mistakes of a job, one a line, empty when there are none.
func mistakes(
    _ text: String, policy: PathPolicy = .user,
    defaults: [String: String] = [:]
) -> String {
    do throws(JobError) {
        _ = try readJob(
            text, policy: policy, defaults: defaults)
        return ""
    } catch {
        return error.description
    }
}

/// The least complete job, with `lines` added.
func jobText(_ lines: String) -> String {
    "version: 1\nimages: [a.png]\nprior: faces64\n" + lines
}
