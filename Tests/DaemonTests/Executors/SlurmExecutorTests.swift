import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// What only a Slurm that misbehaves can show.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: SlurmCluster.isWanted, "SLUICE_TEST_SLURM is not set"))
struct SlurmExecutorTests {
    private func withSlurm(_ body: (FakeSlurm, ExecutorLaws) async throws -> Void) async throws {
        let slurm = try FakeSlurm()
        defer { slurm.end() }
        try await body(slurm, ExecutorLaws(bench: slurm.bench()))
    }

    @Test func `a job whose number got lost on the way is found by its name`() async throws {
        try await withSlurm { slurm, laws in
            try slurm.set("mute", "")
            let attempt = try laws.bench.attempt("sleep 1000")
            guard case .finished = await laws.follow(slurm.executor(), attempt, whenItMoves: {})
            else {
                Issue.record("it did not finish")
                return
            }
            #expect(slurm.jobs == [1])
        }
    }

    @Test func `a job that Slurm forgets without a result was ended by others`() async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 20000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? slurm.set("amnesia", "")
            }
            #expect(outcome == .killed)
        }
    }

    @Test func `a job that has ended while the daemon was away has its result`() async throws {
        try await withSlurm { slurm, laws in
            let first = slurm.executor()
            let attempt = try laws.bench.attempt("sleep 500")
            #expect(await laws.follow(first, attempt, whenItMoves: first.stop) == .detached)
            try await Task.sleep(for: .seconds(1))
            try slurm.set("amnesia", "")
            try FileManager.default.removeItem(atPath: "\(attempt.output).slurm/job")
            let outcome = await laws.follow(slurm.executor(), attempt) {}
            guard case .finished = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(slurm.jobs == [1])
        }
    }

    @Test func `a second job for one attempt is cancelled`() async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 3000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                let twin = slurm.folder.appending(path: "jobs/7")
                try? FileManager.default.createDirectory(
                    at: twin, withIntermediateDirectories: true)
                let name = "sluice-\(attempt.id)-1"
                let files = [
                    ("name", name), ("state", "RUNNING"), ("reason", "None"), ("process", "999999"),
                ]
                for (file, text) in files { try? slurm.write(text, to: file, of: 7) }
            }
            guard case .finished = outcome else {
                Issue.record("\(outcome)")
                return
            }
            let state = slurm.folder.appending(path: "jobs/7/state")
            #expect(try String(contentsOf: state, encoding: .utf8) == "CANCELLED\n")
        }
    }

    @Test(arguments: [
        ("PENDING", "PartitionTimeLimit", "slurm.refused"), ("REQUEUED", "None", nil),
        ("PENDING", "launch failed requeued held", nil), ("NODE_FAIL", "NodeDown", nil),
        ("PREEMPTED", "None", nil), ("BOOT_FAIL", "None", nil),
        ("OUT_OF_MEMORY", "None", "memory"), ("DEADLINE", "None", "time"),
    ])
    func `every state of Slurm has its meaning`(
        _ state: String, _ reason: String, _ code: String?
    ) async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 20000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? slurm.write(reason, to: "reason", of: 1)
                try? slurm.write(state, to: "state", of: 1)
            }
            if let code {
                #expect(outcome.failure?.code == code)
            } else {
                #expect(outcome == .killed)
            }
        }
    }

    @Test func `a worker that cannot be started is no fault of the job`() async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("none")
            let events = "\(attempt.output).slurm/events"
            // The worker refuses to write where another one has written.
            try FileManager.default.createDirectory(
                atPath: events, withIntermediateDirectories: true)
            let outcome = await laws.follow(slurm.executor(), attempt) {}
            guard case .failed(let failure) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(failure.kind == .environment)
            #expect(failure.code == "worker.unavailable")
        }
    }
}
