/// What squeue said about all jobs of this user.
struct SlurmListing: Sendable {
    /// When squeue was started: jobs that were submitted later may be missing.
    let asked: Duration
    let jobs: [SlurmJob]

    /// What squeue is asked to print of a job.
    ///
    /// The mark shows where a job's lines end, as its name may have several, and that none was cut.
    static let format = "%i|%T|%r|%j" + mark
    private static let mark = "|."
    /// The line that squeue begins with, also where there is no job.
    private static let title = "JOBID|STATE|REASON|NAME"

    /// Reads what squeue printed; nil when it is no listing, so that it says nothing about any job.
    init?(_ lines: [String], asked: Duration) {
        guard let records = Self.records(lines), records.first == Self.title else { return nil }
        var jobs: [SlurmJob] = []
        for record in records.dropFirst() {
            guard let fields = SlurmJob.fields(of: record) else { return nil }
            // One with another number is part of an array of jobs, which is not ours.
            if let job = SlurmJob(fields) { jobs.append(job) }
        }
        self.asked = asked
        self.jobs = jobs
    }

    /// What stands before each mark; nil when something stands behind the last.
    private static func records(_ lines: [String]) -> [String]? {
        var records: [String] = []
        var open: [String] = []
        for line in lines {
            open.append(line)
            // By bytes: characters may combine with what is before them.
            guard line.utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8) else { continue }
            let text = open.joined(separator: "\n").utf8.dropLast(mark.utf8.count)
            records.append(String(decoding: text, as: UTF8.self))
            open = []
        }
        return open.isEmpty ? records : nil
    }
}
