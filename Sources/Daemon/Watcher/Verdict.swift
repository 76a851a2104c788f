package import Jobs

/// What is to be done about a submission.
package enum Verdict: Equatable, Sendable {
    /// It is complete, or cannot become right any more because of a failure.
    case accept(JobFailure?)
    /// It was to be accepted when it had its turn, and is looked at once more before that is done.
    case complete
    /// Something happened to it a moment ago.
    case settling(until: Duration)
    /// Something it needs is not there; after a while it fails.
    case waiting([String], until: Duration, then: JobFailure)
    /// Nothing it needs is there: it is in the waiting room.
    case absent
    /// Its pictures are to be decoded first.
    case probe(ProbeRequest)
    /// It is nothing that the daemon touches.
    case refused(String)
    /// It went away while it was looked at.
    case gone

    /// Whether the submission is to be taken, at this time.
    func isAcceptance(at now: Duration) -> Bool {
        switch self {
        case .accept: true
        case .waiting(_, let until, _): until <= now
        case .complete, .settling, .probe, .refused, .gone, .absent: false
        }
    }
}
