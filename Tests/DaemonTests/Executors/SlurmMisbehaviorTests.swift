import Daemon
import Foundation
import Jobs
import Synchronization
import Testing

/// What is believed of a Slurm that forgets, mistakes one job for another, or says too much.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: SlurmCluster.isWanted, "SLUICE_TEST_SLURM is not set"))
struct SlurmMisbehaviorTests {
    private func withSlurm(
        hasAccounting: Bool = false, _ body: (FakeSlurm, ExecutorLaws) async throws -> Void
    ) async throws {
        let slurm = try FakeSlurm(hasAccounting: hasAccounting)
        defer { slurm.end() }
        try await body(slurm, ExecutorLaws(bench: slurm.bench()))
    }

    private func expectResult(
        _ outcome: AttemptOutcome, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .finished = outcome else {
            Issue.record("\(outcome)", sourceLocation: sourceLocation)
            return
        }
    }

    @Test func `a job that is given up is cancelled`() async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 20000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? slurm.set("amnesia", "")
            }
            #expect(outcome == .killed)
            // On a busy machine it may have come to its end before.
            #expect(try slurm.read("state", of: 1) != "RUNNING")
        }
    }

    @Test func `a number that is another's is neither watched nor cancelled`() async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 20000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? slurm.write("another's", to: "name", of: 1)
            }
            #expect(outcome == .killed)
            #expect(try slurm.read("state", of: 1) != "CANCELLED")
        }
    }

    @Test(arguments: ["RUNNING|0:0|NAME\n", "PENDING|0:0|NAME\n", "<html>503</html>\n"])
    func `a job that only accounting calls alive, or says nothing of, is not given up`(
        _ accounts: String
    ) async throws {
        try await withSlurm(hasAccounting: true) { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 3000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? remember(accounts, attempt, slurm)
            }
            expectResult(outcome)
            #expect(slurm.jobs == [1])
        }
    }

    @Test(arguments: [
        ("FAILED|1:0|another's\n", "worker.killed"), ("", "worker.killed"),
        ("TIMEOUT|0:0|NAME\n", "time"),
        ("FAILED|1:0|another's\nOUT_OF_MEMORY|0:125|NAME\n", "memory"),
    ])
    func `accounting says how a forgotten job ended, if it is that job`(
        _ accounts: String, _ code: String
    ) async throws {
        try await withSlurm(hasAccounting: true) { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 20000")
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? remember(accounts, attempt, slurm)
            }
            #expect(outcome.failure?.code == code)
        }
    }

    /// The controller forgets everything, and `accounts` is what accounting says of `attempt`.
    private func remember(_ accounts: String, _ attempt: Attempt, _ slurm: FakeSlurm) throws {
        let name = "sluice-\(attempt.id)-\(attempt.number)"
        try slurm.set("accounts", accounts.replacingOccurrences(of: "NAME", with: name))
        try slurm.set("amnesia", "")
    }

    @Test func `a job whose number cannot be written down is watched all the same`() async throws {
        try await withSlurm { slurm, laws in
            let attempt = try laws.bench.attempt("sleep 4000")
            // No file can take the place of a folder.
            let obstacle = "\(attempt.output).slurm/job"
            try FileManager.default.createDirectory(
                atPath: obstacle, withIntermediateDirectories: true)
            let outcome = await laws.follow(slurm.executor(), attempt) {
                try? FileManager.default.removeItem(atPath: obstacle)
            }
            expectResult(outcome)
            #expect(slurm.jobs == [1])
            #expect(try laws.bench.number(of: attempt) == 1)
        }
    }

    /// Runs an attempt while the cluster does something, and gathers what users are told.
    private func notes(
        _ slurm: FakeSlurm, _ laws: ExecutorLaws, _ act: @Sendable () -> Void
    ) async throws -> [ExecutorNotes] {
        let notes = Mutex<[ExecutorNotes]>([])
        let executor = slurm.executor()
        await executor.tell { note in notes.withLock { $0.append(note) } }
        let attempt = try laws.bench.attempt("sleep 3000")
        expectResult(await laws.follow(executor, attempt, whenItMoves: act))
        return notes.withLock { $0 }
    }

    @Test func `a program that prints without end is ended`() async throws {
        try await withSlurm { slurm, laws in
            let notes = try await notes(slurm, laws) { try? slurm.set("flood", "") }
            #expect(notes.contains { $0.trouble?.contains("more than 16 MB") == true })
        }
    }

    @Test(arguments: [
        ("SUSPENDED", "has suspended job 1"), ("CONFIGURING", "makes nodes ready for job 1"),
        ("STOPPED", "has stopped job 1"),
    ])
    func `users are told what Slurm does with a job instead of running it`(
        _ state: String, _ words: String
    ) async throws {
        try await withSlurm { slurm, laws in
            let notes = try await notes(slurm, laws) {
                try? slurm.write(state, to: "state", of: 1)
            }
            #expect(notes.contains { $0.waits.values.contains { $0.contains(words) } })
        }
    }
}
