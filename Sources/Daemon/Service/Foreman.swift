package import Jobs
package import Logging

/// Runs the daemon: hears what happens, asks the scheduler, and has it done.
///
/// The foreman itself never touches a disk or a process; the keeper and the executor do, in tasks
/// that report back, so that it can answer at any moment.
package actor Foreman {
    /// How a run ended.
    package enum End: Equatable, Sendable {
        /// Nothing is left to do, or the daemon was asked to end.
        case done
        /// With `once`: jobs are left that wait for something, which is told line by line.
        case workLeft([String])
    }

    let keeper: Keeper
    let executor: any Executor
    let alarm: any Alarm
    let timekeeper: Timekeeper
    let settings: ForemanSettings
    let logger: Logger
    let listeners: Listeners
    /// The absolute path of the root, for workers.
    let root: String

    let wakes: AsyncStream<Wake>
    nonisolated let mailbox: AsyncStream<Wake>.Continuation
    var scheduler: Scheduler
    var board: StatusBoard
    /// The last look at the Inbox.
    var admission: Admission?
    /// What users asked for at the last look; a wish stays until it is granted.
    var granting: Set<JobWish> = []
    var isLooking = false
    var mustLook = true
    var lastLook = Duration.zero
    var nextLook: Duration?
    /// No look begins before this time.
    var lookNotBefore = Duration.zero
    /// The pictures that are being decoded, or wait for it.
    var probes = ProbeQueue()
    /// Probes are not tried again before this time.
    var probeNotBefore = Duration.zero
    /// How many times in a row no worker could check pictures, for reasons that are not theirs.
    var failedProbes = 0
    /// A worker may be killed by chance, but not so often.
    private static let mostProbes = 3
    var hasAborted = false
    /// The jobs whose attempt has ended, but cannot be written down.
    var unwritten: Set<String> = []
    var isWritingStatus = false
    private var timer: Task<Void, Never>?
    var notices: ServiceNotices
    /// Whether the Inbox has been looked at.
    var hasLooked = false
    /// When the keeper has last done something.
    var lastAnswer = Duration.zero
    var metrics = Metrics()
    var isWritingMetrics = false
    /// Why the numbers could not be written the last time.
    var metricsProblem: DaemonError?
    var hooks = HookQueue()

    package init(
        keeper: Keeper, executor: any Executor, alarm: any Alarm, timekeeper: Timekeeper,
        settings: ForemanSettings, retry: RetryPolicy, root: String, logger: Logger,
        listeners: Listeners = Listeners()
    ) {
        self.keeper = keeper
        self.executor = executor
        self.alarm = alarm
        self.timekeeper = timekeeper
        self.settings = settings
        self.logger = logger
        self.listeners = listeners
        notices = ServiceNotices(watchdog: listeners.service?.watchdog)
        self.root = root
        scheduler = Scheduler(slots: executor.slots, share: executor.share, retry: retry)
        board = StatusBoard(pid: settings.pid, started: timekeeper.date())
        (wakes, mailbox) = AsyncStream.makeStream(of: Wake.self)
    }

    /// Asks the daemon to end; a second time, to end at once.
    package nonisolated func drain() {
        mailbox.yield(.drain)
    }

    /// Works until everything is done or the daemon is asked to end.
    ///
    /// - Throws: ``DaemonError`` when the daemon cannot go on.
    package func run() async throws -> End {
        let records = try await recovered()
        let cancelled = await keeper.cancelledJobs()
        logger.info("daemon started", metadata: ["root": "\(root)", "jobs": "\(records.count)"])
        let mailbox = mailbox
        alarm.start { mailbox.yield(.alarm) }
        await executor.tell { mailbox.yield(.noted($0)) }
        defer {
            alarm.stop()
            timer?.cancel()
        }
        try await withThrowingDiscardingTaskGroup { group in
            for result in await keeper.owedHooks() { hooks.add(result) }
            for record in records {
                noteFound(record)
                apply(.arrived(record, isCancelled: cancelled.contains(record.id)), &group)
            }
            mailbox.yield(.timer)
            for await wake in wakes {
                try await handle(wake, &group)
                look(&group)
                publishStatus(&group)
                inform(wake, &group)
                if isFinished { break }
                setTimer()
            }
            notifyEnd()
            logHooksLeft()
            await listeners.hooks?.stop()
            await executor.stop()
            group.cancelAll()
        }
        await keeper.keepWaits(at: timekeeper.now())
        await writeLastStatus()
        await writeLastMetrics()
        logger.info("daemon stopped")
        let hasLeft =
            !scheduler.entries.isEmpty || admission?.review.isEmpty == false
            || admission?.unread.isEmpty == false || board.inboxProblem != nil
        return settings.once && hasLeft ? .workLeft(reasonsToWait) : .done
    }

    /// Lets those outside the daemon have their part of what has just happened.
    private func inform(_ wake: Wake, _ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        count(wake)
        noteAnswer(wake)
        runHook(&group)
        publishMetrics()
        notifyService()
    }

    /// Tells the scheduler what happened and does what it says.
    func apply(_ event: Scheduler.Event, _ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        for effect in scheduler.handle(event, at: timekeeper.now()) {
            switch effect {
            case .advance(let record): advance(record, &group)
            case .start(let record): start([record], &group)
            case .startTogether(let records): start(records, &group)
            case .cancel(let record): cancel(record, &group)
            case .stop(let id): group.addTask { [executor] in await executor.cancel(id) }
            }
        }
    }

    private var isFinished: Bool {
        // What cannot be written down in the time for ending never will be: it is interrupted.
        let givesUp = hasAborted || settings.once
        guard scheduler.busy.isSubset(of: givesUp ? unwritten : []) else { return false }
        guard hasAborted || hooks.isEmpty else { return false }
        if scheduler.isDraining { return true }
        guard settings.once else { return false }
        // What cannot be probed waits, like what cannot be solved.
        let isKnown = board.inboxProblem == nil
        let hasMore =
            isKnown && admission?.hasMore(canProbe: failedProbes < Self.mostProbes) ?? true
        let isQuiet = !isLooking && !mustLook && probes.isIdle && !hasMore
        return isQuiet && scheduler.isWaiting(at: timekeeper.now(), besides: unwritten)
    }

    /// Wakes the foreman when the next thing is due.
    private func setTimer() {
        let now = timekeeper.now()
        let pause = alarm.mode == .inotify ? settings.rescan : settings.poll
        // What a look finds is heard of when it is done, however long it takes.
        var due = isLooking ? now + pause : lastLook + pause
        let nextWrite = isWritingStatus ? nil : board.nextWrite
        let nextMetrics = listeners.metrics == nil || isWritingMetrics ? nil : metrics.nextWrite
        let look = mustLook && !isLooking ? lookNotBefore : nil
        let inside = [isLooking ? nil : nextLook, look, scheduler.nextWake(after: now), nextWrite]
        let probe = scheduler.isDraining ? nil : probes.nextTime
        let nextProbe = probe.map { max($0, probeNotBefore) }
        let nextNotice = listeners.service == nil ? nil : notices.nextDue
        for time in inside + [nextProbe, nextMetrics, nextNotice] {
            if let time { due = min(due, time) }
        }
        let wait = max(due - now, .milliseconds(10))
        timer?.cancel()
        // Unstructured, because it is replaced whenever something else happens first.
        timer = Task { [timekeeper, mailbox] in
            guard (try? await timekeeper.sleep(wait)) != nil else { return }
            mailbox.yield(.timer)
        }
    }
}
