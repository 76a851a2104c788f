import Daemon
import Jobs
import TestSupport
import Testing

@Suite struct SchedulerTests {
    private func record(_ id: Int, _ state: JobState) -> JobRecord {
        JobRecord(id: "job\(id)", name: "n\(id)", state: state, accepted: 0)
    }

    @Test func `jobs start in the order in which they became ready`() {
        var scheduler = Scheduler(slots: 2, retry: RetryPolicy())
        let effects = (1...4).flatMap { scheduler.handle(.arrived(record($0, .ready)), at: .zero) }
        #expect(effects == [.start(record(1, .ready)), .start(record(2, .ready))])
    }

    @Test func `one step of the spool is done at a time, the one nearest to the end first`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let first = scheduler.handle(.arrived(record(1, .accepted)), at: .zero)
        #expect(first == [.advance(record(1, .accepted))])
        let sealed = JobState.sealed(folder: "run.1", result: "r")
        #expect(scheduler.handle(.arrived(record(2, .accepted)), at: .zero).isEmpty)
        #expect(scheduler.handle(.arrived(record(3, sealed)), at: .zero).isEmpty)
        let next = scheduler.handle(.advanced(id: "job1", nil), at: .zero)
        #expect(next == [.advance(record(3, sealed))])
    }

    @Test func `attempts that outlived an earlier daemon are watched before others start`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .sealing(attempt: 1))), at: .zero)
        _ = scheduler.handle(.arrived(record(2, .ready)), at: .zero)
        let running = record(3, .ready).starting()
        #expect(scheduler.handle(.arrived(running), at: .zero).isEmpty)
        let ended = record(2, .ready).starting().ending(.finished([]), policy: RetryPolicy())
        #expect(scheduler.handle(.ended(ended), at: .zero).contains(.start(running)))
    }

    @Test func `an attempt that goes on without the daemon is no attempt more`() {
        let running = record(1, .ready).starting()
        #expect(running.ending(.detached, policy: RetryPolicy()) == running)
    }

    @Test func `a job whose attempt was ended goes to the end of the queue`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .ready)), at: .zero)
        _ = scheduler.handle(.arrived(record(2, .ready)), at: .zero)
        let again = record(1, .ready).starting().ending(.killed, policy: RetryPolicy())
        #expect(scheduler.handle(.ended(again), at: .zero) == [.start(record(2, .ready))])
    }

    @Test func `failures of the environment wait longer and longer`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        var job = record(1, .ready)
        _ = scheduler.handle(.arrived(job), at: .zero)
        let failure = JobFailure(.environment, "disk.full", "no space")
        var now = Duration.zero
        for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
            job = job.starting().ending(.failed(failure), policy: RetryPolicy())
            #expect(scheduler.handle(.ended(job), at: now).isEmpty)
            #expect(scheduler.nextWake(after: now) == now + .seconds(60 * minutes))
            now += .seconds(60 * minutes) - .milliseconds(1)
            #expect(scheduler.handle(.tick, at: now).isEmpty)
            now += .milliseconds(1)
            #expect(scheduler.handle(.tick, at: now) == [.start(job)])
        }
    }

    @Test func `while draining nothing starts, but what is finished is published`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .ready)), at: .zero)
        _ = scheduler.handle(.drain, at: .zero)
        #expect(scheduler.handle(.arrived(record(2, .ready)), at: .zero).isEmpty)
        #expect(scheduler.handle(.arrived(record(3, .accepted)), at: .zero).isEmpty)
        let sealing = record(1, .ready).starting().ending(.finished([]), policy: RetryPolicy())
        #expect(scheduler.handle(.ended(sealing), at: .zero) == [.advance(sealing)])
    }

    @Test func `a job that waits is cancelled, and never starts`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .ready)), at: .zero)
        _ = scheduler.handle(.arrived(record(2, .ready)), at: .zero)
        let effects = scheduler.handle(.wished(JobWish(.cancel, "job2")), at: .zero)
        #expect(effects == [.cancel(record(2, .ready))])
        // Asked again meanwhile, nothing more happens.
        #expect(scheduler.handle(.wished(JobWish(.cancel, "job2")), at: .zero).isEmpty)
        let failing = record(2, .failing(.cancelled))
        let next = scheduler.handle(.advanced(id: "job2", failing), at: .zero)
        #expect(next == [.advance(failing)])
    }

    @Test(arguments: [JobState.ready, .accepted])
    func `a job that was cancelled before it is known never starts`(_ state: JobState) {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let job = record(1, state)
        let effects = scheduler.handle(.arrived(job, isCancelled: true), at: .zero)
        #expect(effects == [.cancel(job)])
    }

    @Test func `a job that runs is stopped, and not tried again`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .ready)), at: .zero)
        let stop = scheduler.handle(.wished(JobWish(.cancel, "job1")), at: .zero)
        #expect(stop == [.stop(id: "job1")])
        // Somebody else ended the worker first.
        let again = record(1, .ready).starting().ending(.killed, policy: RetryPolicy())
        #expect(scheduler.handle(.ended(again), at: .zero) == [.cancel(again)])
    }

    @Test func `nobody waits for a job that is asked to be tried now`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .ready)), at: .zero)
        let failure = JobFailure(.environment, "disk.full", "no space")
        let job = record(1, .ready).starting().ending(.failed(failure), policy: RetryPolicy())
        #expect(scheduler.handle(.ended(job), at: .zero).isEmpty)
        #expect(scheduler.handle(.wished(JobWish(.retry, "job1")), at: .zero) == [.start(job)])
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func `random walks keep the promises`(_ seed: UInt64) throws {
        var walk = SchedulerWalk(seed: seed)
        for _ in 0..<10_000 { try walk.step() }
        try walk.finish()
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func `random walks with shared workers keep the promises`(_ seed: UInt64) throws {
        var walk = SchedulerWalk(seed: seed, share: 3)
        for _ in 0..<10_000 { try walk.step() }
        try walk.finish()
    }

    @Test func `the walk notices a scheduler that starts too much`() {
        withKnownIssue {
            var walk = SchedulerWalk(seed: 1, slots: 3, allowed: 2)
            for _ in 0..<1000 { try walk.step() }
        }
    }
}
