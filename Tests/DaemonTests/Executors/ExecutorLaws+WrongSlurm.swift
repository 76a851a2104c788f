import Daemon
import Foundation
import Jobs
import Testing

/// What holds of programs of Slurm that do not answer, or answer what is not true.
extension ExecutorLaws {
    /// What squeue prints instead of a list of the jobs that there are.
    enum Listing: String, CaseIterable {
        case nothing = ""
        case anotherProgram = "<html>503 Service Unavailable</html>\n"
        case noJobs = "JOBID|STATE|REASON|NAME|.\n"
        case cut = "JOBID|STATE|REASON|NAME|.\n1|RUNNING|None|slu"
        case anotherJob = "JOBID|STATE|REASON|NAME|.\n1|FAILED|None|another's|.\n"
    }

    /// A listing that is none, or that lacks a job which Slurm has, ends no job.
    func wrongListing(_ listing: Listing) async throws {
        let misbehave = try #require(bench.misbehave)
        let attempt = try bench.attempt("sleep 2000")
        let outcome = await follow(bench.executor(), attempt) {
            try? misbehave("listing", listing.rawValue)
        }
        try misbehave("listing", nil)
        guard case .finished = outcome else {
            Issue.record("\(listing): \(outcome)")
            return
        }
    }

    /// A daemon that stops, a result and a cancel do not wait for a program that hangs.
    ///
    /// - Parameters:
    ///   - fake: what the worker does.
    ///   - act: done when the attempt is under way, and squeue hangs already.
    /// - Returns: what came of it.
    /// - Throws: when the bench cannot do it.
    private func hanging(
        _ fake: String, act: @Sendable (any Executor, Attempt) async -> Void = { _, _ in }
    ) async throws -> AttemptOutcome {
        let misbehave = try #require(bench.misbehave)
        let attempt = try bench.attempt(fake)
        let executor = bench.executor()
        let begin = ContinuousClock.now
        let outcome = await follow(executor, attempt) {
            try? misbehave("hang", "squeue\n")
            // By then it has been asked.
            try? await Task.sleep(for: .milliseconds(600))
            await act(executor, attempt)
        }
        try misbehave("hang", nil)
        #expect(ContinuousClock.now - begin < .seconds(8), "squeue may take longer")
        return outcome
    }

    func resultWhileHanging() async throws {
        let outcome = try await hanging("sleep 2000")
        guard case .finished = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    func stopWhileHanging() async throws {
        #expect(
            try await hanging("sleep 4000") { executor, _ in await executor.stop() } == .detached)
    }

    func cancelWhileHanging() async throws {
        let outcome = try await hanging("sleep 20000") { await $0.cancel($1.id) }
        #expect(outcome.failure?.code == "job.cancelled")
    }

    /// A job that Slurm does not want to end is not over.
    func deniedCancel() async throws {
        let misbehave = try #require(bench.misbehave)
        let executor = bench.executor()
        let attempt = try bench.attempt("sleep 20000")
        try misbehave("deny", "")
        let begin = ContinuousClock.now
        let outcome = await follow(executor, attempt) {
            await executor.cancel(attempt.id)
            // Unstructured, because the attempt waits for it.
            Task {
                try await Task.sleep(for: .seconds(2))
                try misbehave("deny", nil)
            }
        }
        #expect(outcome.failure?.code == "job.cancelled")
        #expect(ContinuousClock.now - begin >= .seconds(2))
    }
}
