import Jobs

extension StatusDocument.Waiting {
    /// What a submission waits for; nil when it has just been accepted.
    package init?(_ decision: Review.Decision) {
        let reasons: [String]
        switch decision.verdict {
        case .accept:
            guard let obstacle = decision.obstacle else { return nil }
            reasons = [obstacle]
        case .complete: reasons = [decision.obstacle ?? "its turn"]
        case .gone, .absent: return nil
        case .settling where decision.isPostponed: reasons = ["its turn"]
        case .settling: reasons = ["its files to stop changing"]
        case .waiting(let missing, _, _): reasons = InputReview.told(missing)
        case .probe: reasons = ["its pictures to be checked"]
        case .refused(let why): reasons = ["nothing; it is left alone: \(why)"]
        }
        self.init(name: decision.submission.name.text, waitsFor: reasons)
    }
}
