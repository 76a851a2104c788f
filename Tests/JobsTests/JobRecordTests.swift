import FoundationEssentials
import Jobs
import TestSupport
import Testing

@Suite struct JobRecordTests {
    private let policy = RetryPolicy()
    private let crash = JobFailure(.resource, "worker.crashed", "it crashed")

    private var ready: JobRecord {
        JobRecord(id: "20260101-000000-00000a", name: "a", state: .ready, accepted: 1)
    }

    private func after(_ outcomes: [AttemptOutcome]) -> JobRecord {
        outcomes.reduce(ready) { $0.starting().ending($1, policy: policy) }
    }

    @Test func `two crashes end a job`() {
        #expect(after([.crashed(crash)]).state == .ready)
        guard case .failing(let failure) = after([.crashed(crash), .crashed(crash)]).state else {
            Issue.record("the job goes on")
            return
        }
        #expect(failure.code == "worker.crashed")
        #expect(failure.kind == .job)
    }

    @Test func `a failure that would come again ends a job at once`() {
        let failure = JobFailure(.job, "job.invalid", "wrong")
        #expect(after([.failed(failure)]).state == .failing(failure))
    }

    @Test func `running out of memory counts like a crash`() {
        let failure = JobFailure(.resource, "memory", "too large")
        #expect(after([.failed(failure)]).state == .ready)
        #expect(after([.failed(failure), .crashed(crash)]).state.kind == .failing)
    }

    @Test func `nothing that others do makes a healthy job fail`() {
        let outside: [AttemptOutcome] =
            Array(repeating: .killed, count: 19)
            + Array(repeating: .interrupted, count: 19) + Array(repeating: .stopped, count: 100)
        let job = after(outside)
        #expect(job.state == .ready)
        #expect(job.faults == 0)
        #expect(after(outside + [.finished([])]).state == .sealing(attempt: 139))
    }

    @Test(arguments: [AttemptOutcome.killed, .interrupted])
    func `a job that is always ended from outside fails at last`(_ outcome: AttemptOutcome) {
        #expect(after(Array(repeating: outcome, count: 19)).state == .ready)
        #expect(after(Array(repeating: outcome, count: 20)).state.kind == .failing)
    }

    @Test func `the environment may fail without limit`() {
        let failure = JobFailure(.environment, "disk.full", "no space")
        let job = after(Array(repeating: .failed(failure), count: 1000))
        #expect(job.state == .ready)
        #expect(job.postponements == 1000)
        #expect(policy.delay(after: job.postponements) == .seconds(3600))
        #expect(after([.failed(failure), .stopped]).postponements == 0)
    }

    @Test func `a random walk stays within the states that may follow`() throws {
        var generator = SeededGenerator(seed: 4)
        var reached: Set<JobState.Kind> = [.ready]
        for _ in 0..<10_000 {
            var job = ready
            while job.state == .ready {
                let outcomes: [AttemptOutcome] = [
                    .finished([]), .crashed(crash), .killed, .interrupted, .stopped,
                ]
                let running = job.starting()
                #expect(job.state.kind.successors.contains(running.state.kind))
                let outcome = try #require(outcomes.randomElement(using: &generator))
                job = running.ending(outcome, policy: policy)
                #expect(running.state.kind.successors.contains(job.state.kind))
                reached.insert(job.state.kind)
            }
        }
        #expect(reached == [.ready, .sealing, .failing])
    }

    @Test func `every state can be reached and only done is final`() {
        var reached: Set<JobState.Kind> = [.accepted]
        for _ in JobState.Kind.allCases { reached.formUnion(reached.flatMap(\.successors)) }
        #expect(reached == Set(JobState.Kind.allCases))
        #expect(JobState.Kind.allCases.filter(\.successors.isEmpty) == [.done])
    }

    private static let states: [JobState] = [
        .accepted, .ready, .running(attempt: 3), .sealing(attempt: 3),
        .failing(JobFailure(.job, "numerics", "NaN", hint: "less")),
        .sealed(folder: "run.3", result: "a--b"), .done(result: "a--b"),
    ]

    @Test(arguments: states) func `a record survives its file`(_ state: JobState) throws {
        var record = ready
        record.state = state
        record.inputs = [.init(path: "a.png", sha256: "00", bytes: 1, inode: 2, modified: 3)]
        let bytes = try JSONEncoder().encode(record)
        #expect(try JSONDecoder().decode(JobRecord.self, from: bytes) == record)
    }
}
