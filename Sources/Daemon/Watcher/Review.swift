import Jobs

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
        /// Whether it had no turn at this look.
        package var isPostponed = false
        /// Why it is not taken although it is complete.
        package var obstacle: String?
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
    /// What the submissions need next, as each had its turn in this round.
    package internal(set) var progress = Progress()

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
            if !submission.isFolder { doorkeeper.noteUnknown(error) }
            // One submission that cannot be looked at must not keep the others out.
            verdict = .refused("\(error)")
        }
        if verdict == .gone || verdict == .absent { return }
        let job = doorkeeper.jobFile(of: submission)
        var decision = Decision(
            submission: submission, verdict: verdict, since: job?.since, jobFile: job?.stamp,
            bytes: doorkeeper.sizes[submission] ?? 0,
            isPostponed: doorkeeper.postponed.contains(submission))
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
            case .complete: decision.obstacle == nil ? now : nil
            case .accept, .probe, .refused, .gone, .absent: nil
            }
        }
        return ([waitingUntil].compactMap(\.self) + due).min()
    }
}

extension Review {
    /// Whether something goes on by itself.
    package struct Progress: Sendable {
        /// Whether there is something that will be still, or have its turn.
        package var isSettling = false
        /// Whether there is something to be decoded.
        package var isProbing = false

        mutating func add(_ verdict: Verdict) {
            switch verdict {
            case .settling: isSettling = true
            case .probe: isProbing = true
            case .accept, .complete, .waiting, .refused, .gone, .absent: break
            }
        }
    }
}
