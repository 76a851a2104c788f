package import Jobs

/// What the daemon remembers in order to tell about it.
package struct StatusBoard {
    let pid: Int
    let started: Double
    var activity = StatusDocument.Activity.running { didSet { touch() } }
    var inboxProblem: String? { didSet { if oldValue != inboxProblem { touch() } } }
    var probeProblem: String? { didSet { if oldValue != probeProblem { touch() } } }
    var notes = ExecutorNotes() { didSet { touch() } }
    private(set) var hasRoom = true
    private var waiting: [StatusDocument.Waiting] = []
    private var waitingRoom = WaitingRoom()
    /// Why submissions could not be taken, and jobs not be read.
    private var problems: [String] = []
    /// What cannot be removed, the first of it with the number of all.
    private var obstacle: String? { didSet { if oldValue != obstacle { touch() } } }
    private var strays: [Stray] = []
    private var progress: [String: WorkerEvent.Progress] = [:]
    private var failures: [StatusDocument.Failed] = []
    private var remarked: [StatusDocument.Remarked] = []
    private var warned = 0
    private(set) var finished = 0
    private(set) var failed = 0
    /// Whether something has changed since the last time it was told.
    private(set) var isStale = true
    /// When the status may be written next, when it is stale.
    private(set) var notBefore = Duration.zero

    /// How many failures are remembered, and how many results with warnings.
    private static let failureCount = 20

    package init(pid: Int, started: Double) {
        self.pid = pid
        self.started = started
    }

    /// When the status has to be written; nil when nothing has changed.
    var nextWrite: Duration? { isStale ? notBefore : nil }

    /// How many submissions wait in the Inbox.
    var waitingCount: Int { waiting.count + waitingRoom.count }

    mutating func touch() {
        isStale = true
    }

    mutating func note(_ event: WorkerEvent.Progress, of id: String) {
        progress[id] = event
        touch()
    }

    package mutating func note(_ admission: Admission) {
        let now = admission.review.decisions.compactMap(StatusDocument.Waiting.init)
        let room = admission.review.waitingRoom
        let problems = admission.problems + admission.unread
        if now != waiting || room.revision != waitingRoom.revision || self.problems != problems
            || hasRoom != admission.hasRoom
            || strays != admission.review.strays
        {
            touch()
        }
        waiting = now
        waitingRoom = room
        self.problems = problems
        obstacle = admission.obstacles.first.map { first in
            let more = admission.obstacles.count - 1
            return more > 0 ? "\(first), and \(more) more" : first
        }
        hasRoom = admission.hasRoom
        strays = admission.review.strays
    }

    package mutating func note(_ record: JobRecord) {
        touch()
        if case .done(let result) = record.state {
            if ResultName.isFailure(result) {
                note(record.lastFailure ?? .untold, of: record, result)
            } else {
                finished += 1
                note(record.remarks, of: record)
            }
        }
        if record.state.kind != .running { progress[record.id] = nil }
    }

    private mutating func note(_ failure: JobFailure, of record: JobRecord, _ result: String) {
        failed += 1
        let last = StatusDocument.Failed(
            id: record.id, name: record.name, result: result, code: failure.code,
            message: failure.description)
        failures = Array(([last] + failures).prefix(Self.failureCount))
    }

    private mutating func note(_ remarks: JobRecord.Remarks?, of record: JobRecord) {
        guard let remarks else { return }
        warned += 1
        let last = StatusDocument.Remarked(
            id: record.id, name: record.name, result: record.resultName(failed: false),
            remarks: remarks)
        remarked = Array(([last] + remarked).prefix(Self.failureCount))
    }

    mutating func forget(_ id: String) {
        // Its pictures have just left the Inbox; the next look tells what is still there.
        strays = []
        progress[id] = nil
        touch()
    }

    /// The status as of now; it is not stale after this.
    package mutating func document(
        _ scheduler: Scheduler, watching: String, updated: Double, now: Duration
    ) -> StatusDocument {
        isStale = false
        // Ten thousand lines take some tenths of a second.
        notBefore = now + .seconds(1 + waitingCount / 10_000)
        var document = StatusDocument(
            activity: activity == .running && !hasRoom ? .paused : activity, pid: pid,
            started: started, updated: updated, watching: watching)
        document.warnings =
            warnings + strays.advice(besides: scheduler.entries.values.map(\.record))
        let entries = scheduler.entries.values.sorted { $0.turn < $1.turn }
        document.running = entries.filter { $0.phase == .running }.map(job)
        document.queue = entries.filter { $0.phase != .running }.map(job)
        document.waiting = waiting + waitingRoom.told
        document.failures = failures
        document.finished = finished
        document.failed = failed
        document.finishedWithWarnings = warned
        document.remarked = remarked
        return document
    }

    var warnings: [String] {
        let single = [
            inboxProblem, notes.trouble, probeProblem.map { "pictures cannot be checked: \($0)" },
            obstacle,
        ]
        return single.compactMap { $0 } + problems
    }

    private func job(_ entry: Scheduler.Entry) -> StatusDocument.Job {
        let record = entry.record
        var why: String?
        if case .waiting(_, let reason) = entry.phase { why = reason }
        let isRunning = entry.phase == .running
        if isRunning { why = notes.waits[record.id] }
        // The record of an attempt that is under way is the keeper's until it has ended.
        let isBegun = isRunning && record.state == .ready
        return StatusDocument.Job(
            id: record.id, name: record.name, state: isRunning ? .running : record.state.kind,
            attempts: record.attempts + (isBegun ? 1 : 0), waitsFor: why,
            progress: isRunning ? progress[record.id].map(StatusDocument.Progress.init) : nil)
    }
}

extension JobFailure {
    /// The failure of a job that a daemon has put together which did not write it down.
    fileprivate static let untold = JobFailure(.job, "internal", "its result says why")
}
