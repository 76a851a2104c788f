import Daemon
import Jobs
import TestSupport
import Testing

/// Drives a scheduler with random events, as a daemon could see them, and checks its promises.
struct SchedulerWalk {
    private var generator: SeededGenerator
    private var scheduler: Scheduler
    private let retry = RetryPolicy()
    private let allowed: Int
    private let share: Int
    private var now = Duration.zero
    private var stepping: [JobRecord] = []
    private var running: [JobRecord] = []
    private var arrived = 0
    private var gone = 0
    /// The jobs that somebody cancelled while they were there.
    private var cancelled: Set<String> = []
    /// Those of which the step under way is their cancellation.
    private var cancelling: Set<String> = []

    /// - Parameters:
    ///   - seed: decides what happens.
    ///   - slots: what the scheduler is told.
    ///   - allowed: the largest number of workers that may be busy.
    ///   - share: the most jobs of one worker.
    init(seed: UInt64, slots: Int = 2, allowed: Int = 2, share: Int = 1) {
        generator = SeededGenerator(seed: seed)
        scheduler = Scheduler(slots: slots, share: share, retry: retry)
        self.allowed = allowed
        self.share = share
    }

    /// Something happens.
    mutating func step() throws {
        switch Int.random(in: 0..<11, using: &generator) {
        case 10: wish()
        case 0, 1: arrive()
        case 2, 3, 4: try endStep()
        case 5, 6, 7: try endAttempt()
        default:
            now += .seconds(Int.random(in: 0..<120, using: &generator))
            take(scheduler.handle(.tick, at: now))
        }
        try check()
    }

    /// Nothing new comes; everything has to end.
    mutating func finish() throws {
        for _ in 0..<200_000 where gone < arrived {
            if stepping.isEmpty, running.isEmpty {
                now = scheduler.nextWake(after: now) ?? now
                take(scheduler.handle(.tick, at: now))
            }
            try endStep(stalls: false)
            try endAttempt()
            try check()
        }
        #expect(gone == arrived)
        #expect(scheduler.entries.isEmpty)
    }

    private mutating func arrive() {
        guard arrived - gone < 12 else { return }
        arrived += 1
        let state: JobState = Bool.random(using: &generator) ? .accepted : .ready
        var record = JobRecord(id: "\(arrived)", name: "job", state: state, accepted: 0)
        record.kin = [nil, "a", "b"].randomElement(using: &generator) ?? nil
        take(scheduler.handle(.arrived(record), at: now))
    }

    /// Somebody asks something of a job that may be there.
    private mutating func wish() {
        let id = "\(Int.random(in: max(1, arrived - 12)...(arrived + 1), using: &generator))"
        let kind: JobWish.Kind = Bool.random(using: &generator) ? .cancel : .retry
        if kind == .cancel, scheduler.entries[id] != nil { cancelled.insert(id) }
        take(scheduler.handle(.wished(JobWish(kind, id)), at: now))
    }

    private mutating func endStep(stalls: Bool = true) throws {
        guard let record = stepping.popLast() else { return }
        if stalls, Int.random(in: 0..<5, using: &generator) == 0 {
            cancelling.remove(record.id)
            return take(scheduler.handle(.stalled(id: record.id, "disk full"), at: now))
        }
        var next = record
        if cancelling.remove(record.id) != nil {
            next.state = .failing(.cancelled)
            return take(scheduler.handle(.advanced(id: record.id, next), at: now))
        }
        switch record.state {
        case .accepted: next.state = .ready
        case .sealing where Int.random(in: 0..<5, using: &generator) == 0:
            // The disk has not kept its results.
            let failure = JobFailure(.environment, "disk.failed", "")
            next = record.ending(.failed(failure), policy: retry)
        case .sealing, .failing: next.state = .sealed(folder: "f", result: "r")
        case .sealed: next.state = .done(result: "r")
        case .done:
            gone += 1
            return take(scheduler.handle(.advanced(id: record.id, nil), at: now))
        case .ready, .running: Issue.record("a step for a job that needs a worker")
        }
        #expect(record.state.kind.successors.contains(next.state.kind))
        take(scheduler.handle(.advanced(id: record.id, next), at: now))
    }

    private mutating func endAttempt() throws {
        guard !running.isEmpty else { return }
        let index = Int.random(in: 0..<running.count, using: &generator)
        let record = running.remove(at: index).starting()
        let outcomes: [AttemptOutcome] = [
            .finished([]), .failed(JobFailure(.job, "numerics", "")),
            .failed(JobFailure(.environment, "disk.full", "")), .killed, .stopped,
            .crashed(JobFailure(.resource, "worker.crashed", "")),
        ]
        let outcome = try #require(outcomes.randomElement(using: &generator))
        let next = record.ending(outcome, policy: retry)
        #expect(record.state.kind.successors.contains(next.state.kind))
        take(scheduler.handle(.ended(next), at: now))
    }

    private mutating func take(_ effects: [Scheduler.Effect]) {
        for effect in effects {
            switch effect {
            case .advance(let record): stepping.append(record)
            case .start(let record): start(record)
            case .startTogether(let records):
                #expect((2...max(share, 2)).contains(records.count))
                #expect(Set(records.map(\.kin)).count == 1 && records[0].kin != nil)
                #expect(records.allSatisfy { $0.attempts == 0 })
                records.forEach { start($0) }
            case .cancel(let record):
                #expect(cancelled.contains(record.id))
                #expect([.accepted, .ready].contains(record.state))
                stepping.append(record)
                cancelling.insert(record.id)
            case .stop(let id):
                #expect(cancelled.contains(id))
                #expect(running.contains { $0.id == id })
            }
        }
    }

    private mutating func start(_ record: JobRecord) {
        #expect(record.state == .ready)
        #expect(!cancelled.contains(record.id), "a cancelled job is not started")
        running.append(record)
    }

    private func check() throws {
        #expect(stepping.count <= 1)
        try #require(running.count <= allowed * share)
        let ids = (stepping + running).map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(scheduler.entries.count == arrived - gone)
    }
}
