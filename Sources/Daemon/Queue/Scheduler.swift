package import Jobs

/// Decides what happens next to every accepted job.
///
/// It is pure: events go in, effects come out, and whoever carries the effects out reports back
/// with another event. At most one step of the spool is under way at a time, so that the steps of
/// different jobs never meet on the disk, and at most `slots` workers, each of which has one job in
/// hand or several that are solved together.
package struct Scheduler: Sendable {
    package enum Event: Sendable {
        /// A job was accepted, or was found at the start, cancelled since or not.
        case arrived(JobRecord, isCancelled: Bool = false)
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
        /// Begin attempts at several jobs in one worker.
        case startTogether([JobRecord])
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
    /// The most jobs that one worker gets at a time.
    package let share: Int
    package let retry: RetryPolicy
    package private(set) var entries: [String: Entry] = [:]
    package private(set) var isDraining = false
    var agenda = Agenda()
    /// For every running job the worker that has it in hand, by number.
    var hands: [String: Int] = [:]
    private var nextTurn = 0

    package init(slots: Int, share: Int = 1, retry: RetryPolicy) {
        self.slots = slots
        self.share = share
        self.retry = retry
    }

    /// Takes note of `event` and says what to do now.
    package mutating func handle(_ event: Event, at now: Duration) -> [Effect] {
        switch event {
        case .arrived(let record, let isCancelled):
            entries[record.id] = Entry(
                record: record, phase: .idle, turn: takeTurn(), isCancelled: isCancelled)
        case .advanced(_, let record?) where record.isPostponed:
            end(record, now)
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
        if let id = event.id { note(id) }
        return effects(at: now)
    }

    /// - Returns: what to do about an attempt that is running.
    private mutating func note(_ wish: JobWish) -> [Effect] {
        guard let entry = entries[wish.id] else { return [] }
        switch wish.kind {
        case .cancel:
            entries[wish.id]?.isCancelled = true
            if entry.record.isCancellable { hurry(wish.id) }
            return entry.phase == .running ? [.stop(id: wish.id)] : []
        case .retry:
            hurry(wish.id)
            return []
        }
    }

    /// Lets a job that waits for a time wait no longer.
    private mutating func hurry(_ id: String) {
        guard case .waiting = entries[id]?.phase else { return }
        entries[id]?.phase = .idle
        note(id)
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
        // Whoever cancels a job does not wait for the time of its next attempt.
        guard record.isPostponed, entries[record.id]?.isCancelled == false else { return }
        let delay = retry.delay(after: record.postponements)
        entries[record.id]?.phase = .waiting(
            notBefore: now + delay, why: record.lastFailure?.description)
    }

    private mutating func effects(at now: Duration) -> [Effect] {
        agenda.advance(to: now, entries)
        var effects: [Effect] = []
        if let record = nextStep(at: now) {
            let isCancelled = entries[record.id]?.isCancelled == true && record.isCancellable
            begin(record.id, .stepping)
            effects.append(isCancelled ? .cancel(record) : .advance(record))
        }
        while true {
            let teams = nextTeams(at: now)
            guard !teams.isEmpty else { return effects }
            effects += teams.map { $0.count == 1 ? .start($0[0]) : .startTogether($0) }
        }
    }

    mutating func begin(_ id: String, _ phase: Phase) {
        entries[id]?.phase = phase
        note(id)
    }

    private mutating func note(_ id: String) {
        agenda.note(id, entries[id])
        if entries[id]?.phase != .running { hands[id] = nil }
    }

    /// While the daemon is stopping, what is finished is still brought to its end, and no more.
    private mutating func nextStep(at now: Duration) -> JobRecord? {
        guard agenda.stepping == nil, let id = agenda.nextStep(at: now, entries),
            let record = entries[id]?.record
        else { return nil }
        return isDraining && record.state.kind == .accepted ? nil : record
    }
}

extension Scheduler {
    /// When something may be due that is not now; nil when nothing is.
    package func nextWake(after now: Duration) -> Duration? {
        agenda.nextTime.map { max($0, now) }
    }

    /// Whether every job but `others` waits for a time to come, or for one of the others to end.
    package func isWaiting(at now: Duration, besides others: Set<String> = []) -> Bool {
        let isFull = freeSlots <= 0
        return entries.values.allSatisfy { entry in
            if others.contains(entry.record.id) { return true }
            if isFull, entry.phase != .running, entry.record.state == .ready { return true }
            guard case .waiting(let notBefore, _) = entry.phase else { return false }
            return notBefore > now
        }
    }

    /// The jobs of which an attempt or a step is under way.
    package var busy: Set<String> { agenda.running.union(agenda.stepping.map { [$0] } ?? []) }
}

extension Scheduler.Event {
    /// The job that it is about.
    fileprivate var id: String? {
        switch self {
        case .arrived(let record, _), .ended(let record): record.id
        case .advanced(let id, _), .stalled(let id, _): id
        case .wished, .drain, .tick: nil
        }
    }
}

extension JobRecord {
    /// Whether the job has to run again, but not at once.
    var isPostponed: Bool { state == .ready && postponements > 0 }
}

extension Scheduler.Phase {
    static let idle = Scheduler.Phase.waiting(notBefore: .zero, why: nil)
}

extension Scheduler.Entry {
    /// The order in which steps are done; nil when the job waits for a worker.
    var stepRank: Int? {
        isCancelled && record.state == .ready ? 3 : record.state.kind.stepRank
    }

    /// The order in which jobs come next.
    ///
    /// Of those that wait for a worker, attempts that outlived an earlier daemon and have to be
    /// watched come before those that are to be begun.
    var rank: Int { stepRank ?? (record.state == .ready ? .max : .max - 1) }
}

extension JobState.Kind {
    /// The order in which steps of the spool are done; nil for states that wait for a worker.
    var stepRank: Int? {
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
