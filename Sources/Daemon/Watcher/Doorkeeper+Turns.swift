/// Looks that cannot look at all at once.
extension Doorkeeper {
    /// So long what has not had its turn waits for it, where nothing else is known of it.
    private static let pause = Duration.seconds(1)

    mutating func beginLook() {
        missed = [:]
        guard rota.begin() else { return }
        forgetSeen()
        isGuessing = false
    }

    /// Forgets what is not there any more.
    mutating func endLook(_ review: inout Review) {
        for decision in review.decisions { verdicts[decision.submission] = decision.verdict }
        let present = Set(review.decisions.map(\.submission))
        verdicts = verdicts.filter { present.contains($0.key) }
        probes = probes.filter { present.contains($0.key) }
        sizes = sizes.filter { present.contains($0.key) }
        crashed = crashed.filter { present.contains($0.submission) }
        let listed = Set(review.folders)
        folders = folders.filter { listed.contains($0.key) }
        dropNamed(from: &review.strays)
        if rota.end() {
            stillness = stillness.filter { seen.contains($0.key) }
            inspected = inspected.filter { seen.contains($0.key) }
            recalled = [:]
            knownStrays = review.strays
        } else {
            // What has not been looked at yet may be named by a job that has not had its turn.
            let known = Set(knownStrays)
            review.strays = review.strays.filter(known.contains)
        }
        if isGuessing { review.strays = [] }
        review.isUnfinished = rota.isUnfinished
    }

    /// What was to be done about a submission when it had its turn, which it does not have now.
    func asBefore(_ submission: Submission, at now: Duration) -> Verdict {
        switch verdicts[submission] {
        case .settling(let until): .settling(until: max(until, now))
        case .waiting(let reasons, let until, let failure):
            // It is not over before it has been looked at.
            .waiting(reasons, until: max(until, now + Self.pause), then: failure)
        case .probe(let request) where probes[submission]?.pictures != request.pictures:
            .probe(request)
        case .accept, .probe, .refused, .gone, .absent, nil: .settling(until: now + Self.pause)
        }
    }
}
