package import Jobs

extension JobFailure {
    /// The failure of a job that somebody cancelled.
    package static let cancelled = JobFailure(
        .job, "job.cancelled", "the job was cancelled",
        hint: "run it again with sluice retry, if it was a mistake")
}
