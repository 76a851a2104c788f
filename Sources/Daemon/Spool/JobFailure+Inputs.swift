import Jobs

extension JobFailure {
    static func tooManyFiles(_ count: Int, atMost most: Int) -> JobFailure {
        JobFailure(
            .job, "job.invalid", "the job names \(count) files; the daemon takes at most \(most)",
            hint: "split the job, or raise the cap in the daemon's configuration")
    }

    static func escape(_ path: String) -> JobFailure {
        JobFailure(
            .job, "job.path", "\(path) leads out of the job's folder", file: "job.yaml",
            hint: "name files beneath the folder of the job")
    }
}
