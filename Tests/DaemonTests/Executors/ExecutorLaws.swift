import Daemon
import Foundation
import Jobs
import Testing

/// What holds wherever workers run.
struct ExecutorLaws {
    let bench: ExecutorBench

    /// Runs an attempt to its end; `whenItMoves` is called once, when the worker tells how far it is.
    private func run(
        _ executor: any Executor, _ attempt: Attempt,
        whenItMoves: @Sendable () async throws -> Void = {}
    ) async throws -> (outcome: AttemptOutcome, log: String, signs: [WorkerEvent.Progress]) {
        let (stream, signs) = AsyncStream.makeStream(of: WorkerEvent.Progress.self)
        async let running = {
            let report = await executor.run(attempt) { signs.yield($0) }
            signs.finish()
            return report
        }()
        var seen: [WorkerEvent.Progress] = []
        for await sign in stream {
            if seen.isEmpty { try await whenItMoves() }
            seen.append(sign)
        }
        let report = await running
        return (report.outcome, report.log, seen)
    }

    private func expect(
        _ outcome: AttemptOutcome, _ code: String, _ kind: JobFailure.Kind,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .failed(let failure) = outcome else {
            Issue.record("\(outcome)", sourceLocation: sourceLocation)
            return
        }
        #expect(failure.code == code, "\(failure)", sourceLocation: sourceLocation)
        #expect(failure.kind == kind, sourceLocation: sourceLocation)
    }

    func success() async throws {
        let attempt = try bench.attempt("none")
        let (outcome, log, _) = try await run(bench.executor(), attempt)
        expectResult(outcome, of: attempt)
        #expect(log.contains("attempt 1 of job"))
    }

    private func expectResult(
        _ outcome: AttemptOutcome, of attempt: Attempt,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .finished(let files) = outcome else {
            Issue.record("\(outcome)", sourceLocation: sourceLocation)
            return
        }
        let names = ["job.resolved.yaml", "restored/a.png", "result.json"]
        #expect(files.map(\.path).sorted() == names, sourceLocation: sourceLocation)
        for name in names {
            let isThere = FileManager.default.fileExists(atPath: "\(attempt.output)/\(name)")
            #expect(isThere, "\(name)", sourceLocation: sourceLocation)
        }
    }

    func failure() async throws {
        let outcome = try await run(bench.executor(), bench.attempt("fail job")).outcome
        expect(outcome, "numerics", .job)
    }

    func crash() async throws {
        let outcome = try await run(bench.executor(), bench.attempt("crash")).outcome
        guard case .crashed(let failure) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.code == "worker.crashed")
    }

    func nonsense() async throws {
        let outcome = try await run(bench.executor(), bench.attempt("nonsense")).outcome
        guard case .crashed(let failure) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.message.contains("broke the protocol"))
    }

    func timeLimit() async throws {
        let outcome = try await run(bench.executor(), bench.attempt("deaf")).outcome
        expect(outcome, "time", .resource)
    }

    func memory() async throws {
        let outcome = try await run(bench.executor(), bench.attempt(bench.memory)).outcome
        expect(outcome, "memory", .resource)
    }

    func progress() async throws {
        let (outcome, _, signs) = try await run(bench.executor(), bench.attempt("sleep 400"))
        #expect(signs.map(\.iteration) == Array(0..<10))
        guard case .finished = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    func cancel() async throws {
        let executor = bench.executor()
        let attempt = try bench.attempt("sleep 20000")
        let begin = ContinuousClock.now
        let outcome = try await run(executor, attempt) { await executor.cancel(attempt.id) }.outcome
        expect(outcome, "job.cancelled", .job)
        #expect(ContinuousClock.now - begin < .seconds(15))
    }

    /// A daemon that stops leaves the attempt to itself, or ends it; it never says that it failed.
    func stop() async throws {
        let executor = bench.executor()
        let attempt = try bench.attempt("sleep 4000")
        let outcome = try await run(executor, attempt) { await executor.stop() }.outcome
        #expect(outcome == (bench.outlives ? .detached : .stopped))
    }
}
