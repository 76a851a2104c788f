package import Jobs

/// What the doorkeeper makes of everything in the Inbox.
package struct Review: Sendable {
    package struct Decision: Sendable {
        package var submission: Submission
        package var verdict: Verdict
        /// Since when its job file has been as it is, as far as that is known.
        var since: Duration?
        /// Its job file when the verdict was made, as far as that is known.
        package var jobFile: FileStamp?
        /// How many bytes have to be copied for it, as far as that is known.
        package var bytes = 0
        /// Why it is not taken although it is complete.
        var obstacle: String?
    }

    package var decisions: [Decision] = []
    /// The folders of the Inbox, which have to be watched too.
    package var folders: [FileName] = []
    /// What belongs to no submission.
    package var strays: [Stray] = []
    /// Jobs that wait for files of which none is there; no decision is made about them.
    package var waitingRoom = WaitingRoom()
    /// When the first of these has waited long enough.
    var waitingUntil: Duration?
    /// Whether there was more than fits into one look: the rest is looked at next.
    package var isUnfinished = false

    package init() {}

    /// Whether nothing was submitted.
    var isEmpty: Bool { decisions.isEmpty && waitingRoom.count == 0 }

    mutating func add(
        _ submission: Submission, _ doorkeeper: inout Doorkeeper, _ now: Duration
    ) {
        let verdict: Verdict
        do {
            verdict = try doorkeeper.decide(submission, at: now)
        } catch {
            // One submission that cannot be looked at must not keep the others out.
            verdict = .refused("\(error)")
        }
        if verdict == .gone || verdict == .absent { return }
        let job = doorkeeper.jobFile(of: submission)
        var decision = Decision(
            submission: submission, verdict: verdict, since: job?.since, jobFile: job?.stamp,
            bytes: doorkeeper.sizes[submission] ?? 0)
        if case .waiting(_, let until, let failure) = verdict, until <= now {
            decision.verdict = .accept(failure)
        }
        decisions.append(decision)
    }

    /// Reports a name that cannot be looked at, which must not keep the others out.
    mutating func refuse(_ name: FileName, _ why: String) {
        let isFolder = folders.contains(name) || name.jobStem == nil
        let submission = Submission(name: name, isFolder: isFolder)
        decisions.append(Decision(submission: submission, verdict: .refused(why)))
    }

    mutating func addStray(_ name: FileName, _ kind: FileStamp.Kind) {
        if let stray = Stray(name, kind) { strays.append(stray) }
    }

    /// What is to be probed.
    package var probes: [ProbeRequest] {
        decisions.compactMap { decision in
            if case .probe(let request) = decision.verdict { request } else { nil }
        }
    }

    /// When to look again although nothing is reported: pictures below a folder report nothing.
    package func nextLook(after now: Duration) -> Duration? {
        if isUnfinished { return now }
        let due = decisions.compactMap { decision in
            switch decision.verdict {
            case .settling(let until): until
            case .waiting(_, let until, _): min(until, now + .seconds(2))
            case .accept, .probe, .refused, .gone, .absent: nil
            }
        }
        return ([waitingUntil].compactMap(\.self) + due).min()
    }
}

/// What is to be done about a submission.
package enum Verdict: Equatable, Sendable {
    /// It is complete, or cannot become right any more because of a failure.
    case accept(JobFailure?)
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
        case .settling, .probe, .refused, .gone, .absent: false
        }
    }
}

/// Pictures of a submission that a worker is to decode to their end.
package struct ProbeRequest: Hashable, Sendable {
    package let submission: Submission
    /// The pictures as they are now.
    package let pictures: [SpoolPath: FileStamp]

    package init(submission: Submission, pictures: [SpoolPath: FileStamp]) {
        self.submission = submission
        self.pictures = pictures
    }

    /// The pictures as paths below the Inbox, in the form of `PathText`.
    package var paths: [String] { pictures.keys.map(Self.text).sorted() }

    /// `path` as seen from the Inbox.
    static func text(of path: SpoolPath) -> String {
        PathText(bytes: path.relative(to: Layout.inbox).bytes).text
    }
}
