import CSystem
package import Jobs

/// The one place where the daemon touches its disk, on a thread of its own.
///
/// Copying and syncing take as long as they take; meanwhile the rest of the daemon goes on.
package actor Keeper {
    /// With more submissions than these, memory is worth some milliseconds.
    private static let crowd = 2000

    private let queue: QueueExecutor
    let announces: @Sendable (String) -> Bool
    let spool: Spool
    var doorkeeper: Doorkeeper
    /// When the Outbox is looked through for old results next.
    private var nextTidy = Duration.zero
    /// Accepted jobs that have copied their pictures; nobody but this daemon changes that.
    var settled: Set<String> = []
    /// Jobs that could not be read when that was last tried.
    var unread: [String: DaemonError] = [:]
    /// When that is tried next.
    var nextReading = Duration.zero
    /// What waiting jobs name, and whether that is known since the last look.
    private var named: NamedFiles?
    private var knowsNamed = false
    /// When that was found out, in seconds since 1970.
    private var namedAt = 0.0
    /// How much accepted jobs have still to copy.
    var promised: [String: Int] = [:]
    /// Why submissions could not be taken when they had their turn.
    var refusals: [Submission: String] = [:]
    /// The pictures that have left the Inbox since the last look.
    var departures: [SpoolPath: Departure] = [:]
    /// Whether the hooks that an earlier daemon has left are known.
    var hasToldHooks = false
    /// Why they are not, and when they are asked for again.
    var hookProblem: String?
    var nextHookListing = Duration.zero
    /// Why it is not known what users ask.
    private var wishProblem: String?
    /// What could not be removed when that was last tried.
    private var obstacles: (results: [Obstacle], work: [Obstacle]) = ([], [])
    private var hasLooked = false
    /// When old work was last looked for, in seconds since 1970.
    private var lastPruning = 0.0
    var hasRecalledWaits = false
    /// Since when submissions wait, as far as that is written down.
    var keptWaits: [WaitKey: Duration] = [:]
    /// When that is written next.
    var nextWaits = Duration.zero
    /// The last look, when it came too early to write down what waits.
    var waits: Review?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    /// - Parameters:
    ///   - spool: the jobs.
    ///   - doorkeeper: looks at what is in the Inbox.
    ///   - announces: whether a hook is to be run for the result of this name.
    package init(
        spool: Spool, doorkeeper: Doorkeeper,
        announces: @escaping @Sendable (_ result: String) -> Bool = { _ in false }
    ) {
        self.announces = announces
        queue = QueueExecutor(label: "sluice.spool")
        self.spool = spool
        self.doorkeeper = doorkeeper
    }

    package func recover() throws(DaemonError) -> [JobRecord] {
        let recovery = try spool.recovery()
        unread = recovery.unread
        settled = Set(recovery.records.filter { !$0.needsOriginals }.map(\.id))
        for record in recovery.records {
            // Where that cannot be written down, it is kept in mind.
            try? owe(record)
            promise(record)
        }
        recallDepartures()
        return recovery.records
    }

    package func advance(_ record: JobRecord) throws(DaemonError) -> JobRecord? {
        // From here on the disk itself says how much is left.
        promised[record.id] = nil
        let closes = record.state.kind == .done
        if closes, !record.inputs.isEmpty, mustFindNamed { try findNamed() }
        // Before the next look pictures may be put back out of what has been done.
        let prunes = closes && departures.isEmpty && mustPrune()
        let next: JobRecord?
        do throws(DaemonError) {
            next = try spool.advance(record, besides: knowsNamed ? named : nil, prunes: prunes)
        } catch {
            // Its pictures may have left before that failed.
            if closes { noteDepartures(of: record) }
            throw error
        }
        guard let next else {
            settled.remove(record.id)
            noteDepartures(of: record)
            return nil
        }
        try owe(next)
        if !next.needsOriginals, settled.insert(next.id).inserted { named?.settle(next.id) }
        return next
    }

    /// Keeps room for the copies of a job that an earlier daemon has accepted.
    func promise(_ record: JobRecord) {
        promised[record.id] = spool.bytesToCopy(for: record)
    }

    /// While the daemon drains, or the Inbox cannot be listed, no look tells that more may be waiting.
    private var mustFindNamed: Bool {
        !knowsNamed || abs(spool.now() - namedAt) >= 1
    }

    private func findNamed() throws(DaemonError) {
        namedAt = spool.now()
        knowsNamed = false
        // There is one of it at a time: it may be as large as all that waits.
        var files = named ?? NamedFiles(spool: spool)
        named = nil
        defer { named = files }
        try files.update(
            settled: settled, waitingRoom: doorkeeper.waitingRoom,
            reading: doorkeeper.rota.mostReading
        ) { doorkeeper.needs(at: $0, $1) }
        knowsNamed = true
    }

    /// Looking through thousands of finished jobs after each one would take longer than the jobs.
    private func mustPrune() -> Bool {
        guard hasLooked else { return false }
        let age = Double(spool.settings.workAge.components.seconds)
        guard abs(spool.now() - lastPruning) >= max(60, age / 100) else { return false }
        lastPruning = spool.now()
        return true
    }

    /// What users ask of jobs that were accepted before; nil when that cannot be read now, which the
    /// next look at the Inbox tells.
    package func wishes() -> [JobWish]? {
        do throws(DaemonError) {
            let wishes = try spool.wishes()
            wishProblem = nil
            return wishes
        } catch {
            wishProblem = "\(error)"
            return nil
        }
    }

    /// The jobs that were cancelled while no daemon worked, which are not to be started.
    package func cancelledJobs() -> Set<String> {
        // What cannot be read now is asked for again at every look.
        Set((wishes() ?? []).filter { $0.kind == .cancel }.map(\.id))
    }

    package func cancel(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        promised[record.id] = nil
        return try spool.cancel(record)
    }

    package func forget(_ wish: JobWish) throws(DaemonError) {
        try spool.forget(wish)
    }

    package func begin(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        try spool.begin(record)
    }

    package func verified(
        _ outcome: AttemptOutcome, of record: JobRecord
    ) throws(DaemonError) -> AttemptOutcome {
        try spool.verified(outcome, of: record)
    }

    package func end(_ record: JobRecord, _ report: AttemptReport) throws(DaemonError) -> JobRecord
    {
        try spool.end(record, report.outcome, log: report.log)
    }

    /// Looks at the Inbox and takes what is ready.
    ///
    /// - Parameters:
    ///   - now: a time of the monotonic clock.
    ///   - mayAccept: whether submissions may be taken.
    ///   - reserve: bytes that must stay free on the disk.
    /// - Returns: what there is, and what was taken.
    /// - Throws: ``DaemonError`` when the Inbox cannot be listed, or when it is not certain that a
    ///   submission was taken, which only a restart can tell.
    package func admit(
        at now: Duration, mayAccept: Bool, reserve: Int
    ) throws(DaemonError) -> Admission {
        // From here on others may be waiting.
        knowsNamed = false
        recallWaits(at: now)
        let free = try spool.files.freeBytes()
        var admission = Admission(
            review: try doorkeeper.look(at: now), hasRoom: free >= reserve, freeBytes: free)
        keepWaits(of: admission.review, at: now)
        let returned = try returnNamed()
        admission.problems += returned.problems
        admission.wait(for: returned)
        hasLooked = true
        if let wishProblem { admission.problems.append(wishProblem) }
        admission.owedHooks = owedHooks(at: now)
        if let hookProblem { admission.problems.append(hookProblem) }
        do throws(DaemonError) {
            admission.removed = try tidy(at: now)
        } catch {
            admission.problems.append("\(error)")
        }
        admission.found = try readAgain(at: now)
        admission.unread = reasonsUnread
        admission.obstacles = (obstacles.results + obstacles.work).map {
            "\($0.path) cannot be removed: \($0.reason)"
        }
        guard mayAccept else { return admission }
        guard admission.hasRoom else {
            admission.hold(for: reserve)
            return admission
        }
        let promises = promised.values.reduce(0) { $0.addingLimited($1) }
        let room = free.addingLimited(-reserve).addingLimited(-promises)
        // What cannot be told sets no limit: jobs wait.
        let disk = (try? spool.files.totalBytes()) ?? .max
        try take(&admission, room: room, atMost: disk.addingLimited(-reserve))
        return admission
    }

    /// Removes what is old enough, when it is time to look for it.
    ///
    /// - Returns: what of the Outbox was removed.
    private func tidy(at now: Duration) throws(DaemonError) -> [String] {
        var removed: [String] = []
        let isDue = now >= nextTidy
        if isDue {
            nextTidy = now + .seconds(3600)
            (removed, obstacles.results) = try spool.removeOldResults()
        }
        // Where no other job ends, too: somebody may have written to what is old.
        if mustPrune() || isDue {
            // What could not be put back is still in there.
            let needed = Set(departures.values.map(\.id))
            obstacles.work = try spool.removeOldWork(besides: needed)
        }
        return removed
    }

    package func remember(_ answer: ProbeAnswer, of probe: ProbeRequest) {
        switch answer {
        case .bad(let bad): doorkeeper.remember(bad, of: probe)
        case .crashed(let reason): doorkeeper.rememberCrash(reason, of: probe)
        case .killed(let reason): doorkeeper.rememberKill(reason, of: probe)
        case .unavailable: break
        }
    }

    /// Replaces the status.
    ///
    /// It is not synced: it is rewritten every second, and after a power cut it is worth nothing.
    package func write(_ status: StatusDocument) throws(DaemonError) {
        var status = status
        status.keepsInputs = spool.settings.keepsInputs
        let temporary = Layout.outbox / ".status.json.tmp"
        try spool.files.removeTree(temporary)
        try spool.files.create(temporary, holding: StatusText.bytes(of: status))
        try spool.files.rename(temporary, to: Layout.status, replacing: true)
        // The text of ten thousand takes as much as all else, and is needed only now and then.
        if status.waiting.count + status.queue.count > Self.crowd { csys_return_freed_memory() }
    }
}
