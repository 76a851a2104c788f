package import Jobs

/// Decides what happens next to every accepted job.
///
/// It is pure: events go in, effects come out, and whoever carries the effects out reports back
/// with another event. At most one step of the spool is under way at a time, so that the steps of
/// different jobs never meet on the disk, and at most `slots` attempts.
package struct Scheduler: Sendable {
    package enum Event: Sendable {
        /// A job was accepted, or was found at the start.
        case arrived(JobRecord)
        /// The step that was asked for is done; nil: nothing is left of the job.
        case advanced(id: String, JobRecord?)
        /// The step could not be done, because of the machine and not of the job.
        case stalled(id: String, String)
        /// The attempt that was asked for has ended, and its outcome is written down.
        case ended(JobRecord)
        /// Somebody wants the job to end now, or to be tried now.
        case wished(JobWish)
        /// Nothing is to be started any more.
        case drain
        /// Time has passed.
        case tick
    }

    package enum Effect: Equatable, Sendable {
        /// Do the next step of a job that waits for no worker.
        case advance(JobRecord)
        /// Begin an attempt.
        case start(JobRecord)
        /// Make a job that no worker is working on fail, because it was cancelled.
        case cancel(JobRecord)
        /// End the attempt at a job that was cancelled.
        case stop(id: String)
    }

    /// What is under way for a job.
    package enum Phase: Equatable, Sendable {
        /// It waits for its turn, but not before the given time.
        case waiting(notBefore: Duration, why: String?)
        /// A step of the spool is under way.
        case stepping
        /// An attempt is under way.
        case running
    }

    package struct Entry: Equatable, Sendable {
        package var record: JobRecord
        package var phase: Phase
        /// Jobs with smaller numbers go first.
        package var turn: Int
        /// Steps that could not be done, in a row.
        package var stalls = 0
        /// Whether the job is to end as soon as nothing is under way for it.
        package var isCancelled = false
    }

    package let slots: Int
    package let retry: RetryPolicy
    package private(set) var entries: [String: Entry] = [:]
    package private(set) var isDraining = false
    private var nextTurn = 0

    package init(slots: Int, retry: RetryPolicy) {
        self.slots = slots
        self.retry = retry
    }

    /// Takes note of `event` and says what to do now.
    package mutating func handle(_ event: Event, at now: Duration) -> [Effect] {
        switch event {
        case .arrived(let record):
            entries[record.id] = Entry(record: record, phase: .idle, turn: takeTurn())
        case .advanced(let id, let record):
            update(id, record)
        case .stalled(let id, let why):
            stall(id, why, now)
        case .ended(let record):
            end(record, now)
        case .wished(let wish):
            let stops = note(wish)
            return stops + effects(at: now)
        case .drain:
            isDraining = true
        case .tick:
            break
        }
        return effects(at: now)
    }

    /// - Returns: what to do about an attempt that is running.
    private mutating func note(_ wish: JobWish) -> [Effect] {
        guard let entry = entries[wish.id] else { return [] }
        switch wish.kind {
        case .cancel:
            entries[wish.id]?.isCancelled = true
            return entry.phase == .running ? [.stop(id: wish.id)] : []
        case .retry:
            if case .waiting = entry.phase { entries[wish.id]?.phase = .idle }
            return []
        }
    }

    private mutating func takeTurn() -> Int {
        nextTurn += 1
        return nextTurn
    }

    private mutating func update(_ id: String, _ record: JobRecord?) {
        guard let record else {
            entries[id] = nil
            return
        }
        entries[id]?.record = record
        entries[id]?.phase = .idle
        entries[id]?.stalls = 0
    }

    private mutating func stall(_ id: String, _ why: String, _ now: Duration) {
        let count = (entries[id]?.stalls ?? 0) + 1
        entries[id]?.stalls = count
        entries[id]?.phase = .waiting(notBefore: now + retry.delay(after: count), why: why)
    }

    /// A job that has to run again goes to the end of the queue: when attempts are being ended
    /// from outside, no single job gets all of it, and none stands in the way of the others.
    private mutating func end(_ record: JobRecord, _ now: Duration) {
        update(record.id, record)
        guard record.state == .ready else { return }
        let turn = takeTurn()
        entries[record.id]?.turn = turn
        guard record.postponements > 0 else { return }
        let delay = retry.delay(after: record.postponements)
        entries[record.id]?.phase = .waiting(
            notBefore: now + delay, why: record.lastFailure?.description)
    }

    private mutating func effects(at now: Duration) -> [Effect] {
        var effects: [Effect] = []
        if let id = nextStep(at: now), let record = entries[id]?.record {
            let isCancelled = entries[id]?.isCancelled == true && record.isCancellable
            entries[id]?.phase = .stepping
            effects.append(isCancelled ? .cancel(record) : .advance(record))
        }
        while let id = nextStart(at: now), let record = entries[id]?.record {
            entries[id]?.phase = .running
            effects.append(.start(record))
        }
        return effects
    }

    /// The job whose step comes next: the one that is nearest to its end.
    private func nextStep(at now: Duration) -> String? {
        guard !entries.values.contains(where: { $0.phase == .stepping }) else { return nil }
        return entries.values
            .filter { hasStep($0) && $0.isDue(at: now) }
            .min { ($0.stepRank ?? 0, $0.turn) < ($1.stepRank ?? 0, $1.turn) }?.record.id
    }

    /// While the daemon is stopping, what is finished is still brought to its end, and no more.
    private func hasStep(_ entry: Entry) -> Bool {
        entry.stepRank != nil && !(isDraining && entry.record.state == .accepted)
    }

    private func nextStart(at now: Duration) -> String? {
        let running = entries.values.count { $0.phase == .running }
        guard !isDraining, running < slots else { return nil }
        return entries.values
            .filter { $0.waitsForWorker && $0.isDue(at: now) }
            .min { ($0.startRank, $0.turn) < ($1.startRank, $1.turn) }?.record.id
    }
}

extension Scheduler {
    /// When something may be due that is not now; nil when nothing is.
    package func nextWake(after now: Duration) -> Duration? {
        entries.values.compactMap { entry in
            guard case .waiting(let notBefore, _) = entry.phase, notBefore > now else { return nil }
            return notBefore
        }.min()
    }

    /// Whether every job waits for a time to come.
    package func isWaiting(at now: Duration) -> Bool {
        entries.values.allSatisfy { entry in
            if case .waiting(let notBefore, _) = entry.phase { notBefore > now } else { false }
        }
    }

    /// The jobs of which an attempt or a step is under way.
    package var busy: Set<String> {
        let entries = entries.filter { $1.phase == .running || $1.phase == .stepping }
        return Set(entries.keys)
    }
}

extension Scheduler.Phase {
    static let idle = Scheduler.Phase.waiting(notBefore: .zero, why: nil)
}

extension Scheduler.Entry {
    /// Whether an attempt is to be begun, or one that outlived an earlier daemon to be watched.
    fileprivate var waitsForWorker: Bool {
        record.state == .ready && !isCancelled || record.state.kind == .running
    }

    /// What is running already comes before what is not.
    fileprivate var startRank: Int { record.state == .ready ? 1 : 0 }

    /// The order in which steps are done; nil when the job waits for a worker.
    fileprivate var stepRank: Int? {
        isCancelled && record.state == .ready ? 3 : record.state.kind.stepRank
    }

    /// Whoever cancels a job does not wait for the time of its next attempt.
    fileprivate func isDue(at now: Duration) -> Bool {
        if case .waiting = phase, isCancelled, record.isCancellable { return true }
        return if case .waiting(let notBefore, _) = phase { notBefore <= now } else { false }
    }
}

extension JobState.Kind {
    /// The order in which steps of the spool are done; nil for states that wait for a worker.
    fileprivate var stepRank: Int? {
        switch self {
        case .done: 0
        case .sealed: 1
        case .sealing: 2
        case .failing: 3
        case .accepted: 4
        case .ready, .running: nil
        }
    }
}
