/// Looks that cannot look at all at once.
extension Doorkeeper {
    /// So long what has not had its turn waits for it, where nothing else is known of it.
    private static let pause = Duration.seconds(1)

    mutating func beginLook() {
        missed = [:]
        postponed = []
        isGuessing = false
        guard rota.begin() else { return }
        forgetSeen()
        lasting = nil
        progress = Review.Progress()
    }

    /// Forgets what is not there any more.
    mutating func endLook(_ review: inout Review) {
        for decision in review.decisions { note(decision) }
        let present = Set(review.decisions.map(\.submission))
        verdicts = verdicts.filter { present.contains($0.key) }
        probes = probes.filter { present.contains($0.key) }
        sizes = sizes.filter { present.contains($0.key) }
        walks = walks.filter { present.contains($0.key) }
        barriers = barriers.filter { present.contains($0.key) }
        crashed = crashed.filter { present.contains($0.submission) }
        let listed = Set(review.folders)
        folders = folders.filter { listed.contains($0.key) }
        dropNamed(from: &review.strays)
        lasting = lasting?.intersection(review.strays) ?? Set(review.strays)
        if rota.end() {
            stillness = stillness.filter { seen.contains($0.key) }
            inspected = inspected.filter { seen.contains($0.key) }
            postponedReadings = postponedReadings.filter { seen.contains($0.key) }
            recalled = [:]
            review.strays = review.strays.filter { lasting?.contains($0) == true }
            knownStrays = isGuessing ? [] : review.strays
        } else {
            // What has not been looked at yet may be named by a job that has not had its turn.
            let known = Set(knownStrays)
            review.strays = review.strays.filter(known.contains)
        }
        if isGuessing { review.strays = [] }
        review.isUnfinished = rota.isUnfinished
        review.progress = progress
        // One that came in the middle of a round has its first turn in the next.
        if postponed.contains(where: { verdicts[$0]?.round != rota.begun }) {
            review.progress.isSettling = true
        }
    }

    private mutating func note(_ decision: Review.Decision) {
        guard !postponed.contains(decision.submission) else { return }
        verdicts[decision.submission] = TurnVerdict(
            verdict: decision.verdict, jobFile: decision.jobFile, round: rota.begun)
        progress.add(decision.verdict)
    }

    /// What was to be done about a submission when it had its turn, which it does not have now.
    mutating func asBefore(
        _ submission: Submission, _ jobFile: FileStamp, at now: Duration
    ) -> Verdict {
        postponed.insert(submission)
        let before = verdicts[submission]
        return before?.jobFile == jobFile
            ? asBefore(submission, before?.verdict, at: now) : .settling(until: now + Self.pause)
    }

    private func asBefore(_ submission: Submission, _ before: Verdict?, at now: Duration) -> Verdict
    {
        switch before {
        case .settling(let until): .settling(until: max(until, now))
        case .waiting(let reasons, let until, let failure):
            // It is not over before it has been looked at.
            .waiting(reasons, until: max(until, now + Self.pause), then: failure)
        case .probe(let request) where probes[submission]?.pictures != request.pictures:
            .probe(request)
        case .refused(let why): .refused(why)
        case .accept, .complete: .complete
        case .probe, .gone, .absent, nil: .settling(until: now + Self.pause)
        }
    }
}
