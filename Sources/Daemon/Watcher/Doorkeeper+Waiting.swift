import Jobs

/// How long submissions wait for files that are missing or change, and where.
extension Doorkeeper {
    /// How many names a job in the waiting room may wait for.
    private static let mostAbsent = 16

    /// Has those looked at whose files may be there now, or who have waited for long enough.
    mutating func callWaiting(
        among names: [FileName], _ now: Duration
    ) throws(DaemonError) {
        let called = try waitingRoom.call(names, eldest: now - patience.inputs) {
            [files] (names) throws(DaemonError) in
            try files.stamps(of: names, in: Layout.inbox)
        }
        for (name, guest) in called { stillness[Layout.inbox / name] = guest.job }
    }

    /// Lets a job file wait for names that are not in the Inbox, when it needs nothing else.
    ///
    /// - Returns: whether it may.
    mutating func letWait(
        _ submission: Submission, _ needs: JobNeeds, for absent: [FileName], _ job: Stillness
    ) -> Bool {
        let path = submission.jobFile(in: Layout.inbox)
        // Other files may change what a job needs.
        guard !submission.isFolder, job.isStill, absent.count == needs.files.count,
            absent.count <= Self.mostAbsent, needs.patterns.isEmpty,
            let known = inspected[path], known.stamp == job.stamp, known.companions.isEmpty
        else { return false }
        inspected[path] = nil
        stillness[path] = nil
        overlook(path)
        waitingRoom.enter(submission.name, WaitingRoom.Guest(job: job, missing: absent))
        return true
    }

    /// What is to be done while files change: they may do so for as long as files may be missing.
    func growing(
        _ inputs: InputReview, _ still: Duration, patientUntil end: Duration, _ now: Duration
    ) -> Verdict {
        let changing = inputs.changing.map { "\($0) is still changing" }
        let failure = JobFailure(
            .job, JobFailure.missingCode, (inputs.complaints + changing).joined(separator: "\n"),
            file: inputs.changing.first, hint: "submit the job again when its files are whole")
        guard inputs.missing != nil || now >= end else { return .settling(until: min(still, end)) }
        return .waiting(inputs.complaints + changing, until: end, then: failure)
    }
}
