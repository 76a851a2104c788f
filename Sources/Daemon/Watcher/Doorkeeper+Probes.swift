package import Jobs

/// What workers have found out about the pictures of submissions.
extension Doorkeeper {
    struct Probe {
        let pictures: [SpoolPath: FileStamp]
        let bad: [WorkerEvent.Probed.Bad]
        /// How often in a row pictures could not be read because of the machine.
        let failures: Int
        /// How often in a row the worker was killed that decoded them, and others were not.
        var kills = 0
        /// How many probes had been answered when that happened last.
        var answersBefore = 0
        /// When they are tried again; nil until that is decided.
        var again: Duration?
    }

    /// So often in a row pictures that cannot be read are tried without a pause.
    private static let quickTries = 3
    private static let longestPause = Duration.seconds(60)
    /// When so many workers in a row were killed over pictures, these are at fault.
    private static let mostKills = 8

    /// Remembers what a worker found out about the pictures of a submission.
    package mutating func remember(_ bad: [WorkerEvent.Probed.Bad], of probe: ProbeRequest) {
        answers += 1
        keep(bad, of: probe)
    }

    private mutating func keep(_ bad: [WorkerEvent.Probed.Bad], of probe: ProbeRequest) {
        let known = probes[probe.submission]
        let failures = known?.pictures == probe.pictures ? known?.failures ?? 0 : 0
        let isUnreachable = bad.contains { $0.fault == .unreachable }
        probes[probe.submission] = Probe(
            pictures: probe.pictures, bad: bad, failures: isUnreachable ? failures + 1 : 0)
    }

    /// Remembers that decoding the pictures of a submission made a worker crash; when that happens
    /// twice, the pictures are at fault.
    package mutating func rememberCrash(_ reason: String, of probe: ProbeRequest) {
        let isSecond = crashed.contains(probe)
        crashed = crashed.filter { $0.submission != probe.submission }
        guard isSecond else {
            crashed.insert(probe)
            return
        }
        keep(probe.paths.map { .init(picture: $0, reason: reason) }, of: probe)
    }

    /// Remembers that the worker was killed that decoded the pictures of a submission.
    ///
    /// That may have been chance, or what the pictures take: they are tried again with longer and longer
    /// pauses, in which others have their turn, and in the end they are at fault. As long as no other
    /// pictures get an answer it may be the machine, and is not held against these.
    package mutating func rememberKill(_ reason: String, of probe: ProbeRequest) {
        let known = probes[probe.submission]
        let isKnown = known?.pictures == probe.pictures
        let before = isKnown ? known?.kills ?? 0 : 0
        let counts = before == 0 || answers > known?.answersBefore ?? 0
        let kills = counts ? before + 1 : before
        guard kills < Self.mostKills else {
            return keep(
                probe.paths.map { .init(picture: $0, reason: "\(reason), \(kills) times") },
                of: probe)
        }
        probes[probe.submission] = Probe(
            pictures: probe.pictures,
            bad: probe.paths.map { .init(picture: $0, reason: reason, fault: .unreachable) },
            failures: (isKnown ? known?.failures ?? 0 : 0) + 1, kills: kills, answersBefore: answers
        )
    }

    /// What is to be done about a submission whose pictures are all there, as far as a worker has
    /// looked at them.
    mutating func decide(_ request: ProbeRequest, _ inputs: InputReview, _ now: Duration) -> Verdict
    {
        guard let probe = probes[request.submission], probe.pictures == inputs.pictures else {
            return .probe(request)
        }
        guard !probe.bad.isEmpty else { return .accept(nil) }
        let faults = Set(probe.bad.map(\.fault))
        if !faults.contains(.damaged), faults.contains(.unreachable) {
            return tryAgain(request, probe, now)
        }
        let known = probe.bad.filter { $0.fault != .unreachable }
        let isGrowing = !faults.contains(.damaged)
        var wait = isGrowing ? patience.inputs : min(patience.unreadable, patience.inputs)
        if inputs.areMarked { wait = .zero }
        return .waiting(
            known.map { isGrowing ? "\($0.words); more of it may come" : $0.words },
            until: inputs.since + wait, then: .unreadable(known))
    }

    /// What is to be done about pictures that could not be read because of the machine: they are
    /// tried again, without a limit.
    private mutating func tryAgain(
        _ request: ProbeRequest, _ probe: Probe, _ now: Duration
    ) -> Verdict {
        let again = probe.again ?? now + Self.pause(after: probe.failures)
        probes[request.submission]?.again = again
        guard again > now else { return .probe(request) }
        return .waiting(
            probe.bad.map { "\($0.words); it is tried again" }, until: .seconds(1 << 40),
            then: .unreadable(probe.bad))
    }

    private static func pause(after failures: Int) -> Duration {
        guard failures >= quickTries else { return .zero }
        return min(.seconds(2) * (1 << min(failures - quickTries, 5)), longestPause)
    }
}

extension WorkerEvent.Probed.Bad {
    fileprivate var words: String { "\(picture): \(reason)" }
}

extension JobFailure {
    fileprivate static func unreadable(_ bad: [WorkerEvent.Probed.Bad]) -> JobFailure {
        JobFailure(
            .job, "picture.unreadable", bad.map(\.words).joined(separator: "\n"),
            file: bad.first?.picture, hint: "replace the picture by one that is whole")
    }
}
