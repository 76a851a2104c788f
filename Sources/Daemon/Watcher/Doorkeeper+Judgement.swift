import Jobs

/// What is to be done about single submissions.
extension Doorkeeper {
    /// What is to be done about one submission.
    ///
    /// One with anything in it that the daemon cannot read stays in the Inbox, where its owner can
    /// put that right.
    mutating func decide(_ submission: Submission, at now: Duration) throws(DaemonError) -> Verdict
    {
        let verdict = try judge(submission, at: now)
        guard submission.isFolder, !keepsInputs, verdict.isAcceptance(at: now) else {
            return verdict
        }
        // One that is not understood has had no turn in which its folder could be looked through.
        guard
            rota.isSearching(submission.name)
                || rota.maySearch(
                    for: JobNeeds(), of: submission.name, beside: beside(submission))
        else {
            guard let jobFile = jobFile(of: submission)?.stamp else { return .gone }
            return asBefore(submission, jobFile, at: now)
        }
        return try refusal(of: submission).map(Verdict.refused) ?? verdict
    }

    /// Notes that something in the Inbox is not known because of the disk.
    mutating func noteUnknown(_ error: DaemonError) {
        if error.code != nil, !error.isAboutInput { isGuessing = true }
    }

    /// What is to be done about a submission that can be read.
    private mutating func judge(_ submission: Submission, at now: Duration) throws(DaemonError)
        -> Verdict
    {
        let path = submission.jobFile(in: Layout.inbox)
        guard let stamp = try files.stamp(of: path) else { return .gone }
        guard stamp.kind == .file else {
            return .refused("it is \(stamp.kind.words), not a regular file")
        }
        let job = try settle(path, stamp, now)
        let settling = Verdict.settling(until: job.since + patience.quiet)
        guard let inspection = inspect(submission, path, stamp) else {
            isGuessing = true
            return asBefore(submission, stamp, at: now)
        }
        switch inspection {
        case .success(let needs):
            if needs.isPartial { isGuessing = true }
            guard rota.maySearch(for: needs, of: submission.name, beside: beside(submission)) else {
                // What it says now may be something else than when it had its turn.
                if inspected[path]?.isSearched == false { isGuessing = true }
                return asBefore(submission, stamp, at: now)
            }
            // The pictures are looked at in any case, so that they settle together with the job.
            let verdict = try decide(submission, needs, job, now)
            return job.isStill ? verdict : settling
        case .failure where !job.isStill:
            // Half of it may be written.
            if !submission.isFolder { isGuessing = true }
            return settling
        case .failure(let failure) where failure.code == JobFailure.unreadableCode:
            return .refused(failure.message)
        case .failure(let failure):
            if let until = try settleCompanions(of: path, now) {
                if !submission.isFolder { isGuessing = true }
                return .settling(until: until)
            }
            return .accept(failure)
        }
    }

    /// What is to be done about one whose job file is understood.
    private mutating func decide(
        _ submission: Submission, _ needs: JobNeeds, _ job: Stillness, _ now: Duration
    ) throws(DaemonError) -> Verdict {
        let inputs = look(for: needs, of: submission, since: job.since, now)
        // What the disk does not say now may be there, or not.
        inspected[submission.jobFile(in: Layout.inbox)]?.isSearched =
            inputs.obstacle?.isAboutInput ?? true
        sizes[submission] = inputs.sizes.values.reduce(0) { $0.addingLimited($1) }
        if !submission.isFolder {
            for path in inputs.missed {
                missed[path] = min(missed[path] ?? .max, job.stamp.changed)
            }
        }
        if let obstacle = inputs.obstacle { throw obstacle }
        if let failure = inputs.failure { return .accept(failure) }
        if let until = inputs.settlingUntil {
            return growing(inputs, until, patientUntil: job.since + patience.inputs, now)
        }
        if let missing = inputs.missing {
            let until = inputs.since + patience.inputs
            if until > now, letWait(submission, needs, for: inputs.absent, job) { return .absent }
            return .waiting(inputs.complaints, until: until, then: missing)
        }
        if inputs.pictures.isEmpty { return .accept(nil) }
        return decide(ProbeRequest(submission: submission, pictures: inputs.pictures), inputs, now)
    }
}
