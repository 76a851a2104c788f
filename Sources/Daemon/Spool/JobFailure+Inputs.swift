import Jobs

extension JobFailure {
    static func tooManyFiles(_ count: Int, atMost most: Int) -> JobFailure {
        JobFailure(
            .job, "job.invalid", "the job names \(count) files; the daemon takes at most \(most)",
            hint: "split the job, or raise the cap in the daemon's configuration")
    }

    static let oversizedCode = "input.large"

    /// The failure of a job of which the disk could not hold the copies though it were empty.
    static func oversized(_ bytes: Int, room: Int, file: String? = nil) -> JobFailure {
        let needed = ByteCount.rounded(bytes)
        return JobFailure(
            .job, oversizedCode,
            "copies of its files take \(needed), and the whole disk has room for "
                + "\(ByteCount.rounded(max(0, room))) beside what must stay free",
            file: file, hint: "submit smaller files, or use a root on a larger disk")
    }

    static func escape(_ path: String) -> JobFailure {
        JobFailure(
            .job, "job.path", "\(path) leads out of the job's folder", file: "job.yaml",
            hint: "name files beneath the folder of the job")
    }
}
