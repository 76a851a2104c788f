internal import FoundationEssentials

/// What `sluice-worker check` says of one job: a line of JSON, from which `sluice validate` takes it.
package struct CheckedJob: Codable, Equatable, Sendable {
    /// The job as it was named.
    package var file: String
    /// What `sluice run` would end with before it solves anything.
    package var exitCode: Int32
    /// Why; nil when there is nothing against it.
    package var failure: JobFailure?
    /// What is not there yet, in words.
    package var missing: [String]

    package init(file: String, exitCode: Int32, failure: JobFailure?, missing: [String] = []) {
        self.file = file
        self.exitCode = exitCode
        self.failure = failure
        self.missing = missing
    }
}

extension WorkerLine {
    /// The checked jobs in the output of `sluice-worker check`; lines that are none are left out.
    package static func checkedJobs(_ output: String) -> [CheckedJob] {
        // What a library prints in between is nothing that was said of a job.
        output.split(separator: "\n").compactMap { line in
            try? JSONDecoder().decode(CheckedJob.self, from: Data(line.utf8))
        }
    }
}
