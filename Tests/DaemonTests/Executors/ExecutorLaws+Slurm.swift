import Daemon
import Foundation
import Jobs
import Testing

/// What holds where jobs run that the daemon does not see: with Slurm.
extension ExecutorLaws {
    /// How a daemon may end while a job runs.
    enum Death: CaseIterable {
        case afterWritingNumber
        /// Between sbatch and writing the number that it said.
        case beforeWritingNumber
    }

    /// A daemon that is started again goes on with a job that runs, and starts no second one.
    func adoption(after death: Death) async throws {
        let attempt = try bench.attempt("sleep 4000")
        let first = bench.executor()
        let left = await follow(first, attempt) { await first.stop() }
        #expect(left == .detached)
        let number = try #require(try bench.number(of: attempt))
        if death == .beforeWritingNumber {
            try FileManager.default.removeItem(atPath: "\(attempt.output).slurm/job")
        }
        let outcome = await follow(bench.executor(), attempt) {}
        guard case .finished = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try bench.number(of: attempt) == number)
    }

    /// A job that runs while the controller is away is not dead, and its result counts.
    func absenceWhileRunning() async throws {
        let setController = try #require(bench.setController)
        let attempt = try bench.attempt("sleep 3000")
        let outcome = await follow(bench.executor(), attempt) { try? await setController(false) }
        try await setController(true)
        guard case .finished = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    /// A job that cannot be submitted because the controller is away waits for it.
    func absenceBeforeSubmission() async throws {
        let setController = try #require(bench.setController)
        try await setController(false)
        let attempt = try bench.attempt("none")
        async let running = follow(bench.executor(), attempt) {}
        try await Task.sleep(for: .seconds(1))
        try await setController(true)
        guard case .finished = await running else {
            Issue.record("\(await running)")
            return
        }
    }

    /// What Slurm refuses waits for the administrator, and says why.
    func refusal() async throws {
        let refused = try #require(bench.refused)
        let outcome = await follow(refused(), try bench.attempt("none")) {}
        guard case .failed(let failure) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.kind == .environment)
        #expect(failure.code == "slurm.refused")
        #expect(failure.message.contains("partition"))
    }

    /// What somebody else ends is no fault of the job.
    func endFromOutside() async throws {
        let end = try #require(bench.end)
        let attempt = try bench.attempt("sleep 20000")
        let outcome = await follow(bench.executor(), attempt) {
            if let number = try? bench.number(of: attempt) { try? end(number) }
        }
        #expect(outcome == .killed)
    }

    /// Runs an attempt; `whenItMoves` is called once, when the worker tells how far it is.
    func follow(
        _ executor: any Executor, _ attempt: Attempt,
        whenItMoves: @Sendable () async -> Void
    ) async -> AttemptOutcome {
        let (stream, signs) = AsyncStream.makeStream(of: Void.self)
        async let running = {
            let report = await executor.run(attempt) { _ in signs.yield() }
            signs.finish()
            return report.outcome
        }()
        var hasMoved = false
        for await _ in stream where !hasMoved {
            hasMoved = true
            await whenItMoves()
        }
        return await running
    }
}
