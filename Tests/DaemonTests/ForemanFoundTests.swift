import Daemon
import Jobs
import Logging
import Testing

/// What the foreman makes of jobs that an earlier daemon has published and not cleared away.
@Suite(.timeLimit(.minutes(10))) struct ForemanFoundTests {
    private let disk = SimulatedDisk()
    private let id = "20260101-000000-000001"

    private var spool: Spool {
        Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { [id] _ in id })
    }

    /// Leaves a job that has failed, and whose result is published.
    private func leaveJob() throws {
        try disk.fillInbox(["a.yaml": "bad"])
        _ = try spool.recover()
        let failure = JobFailure(.job, "job.invalid", "it is bad")
        let submission = Submission(name: FileName("a.yaml"), isFolder: false)
        var record = try #require(try spool.accept(submission, failure: failure))
        while record.state.kind != .done {
            let next = try spool.advance(record)
            record = try #require(next)
        }
    }

    /// The status after everything is done.
    private func status() async throws -> StatusDocument {
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let foreman = Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper), executor: IdleExecutor(slots: 1),
            alarm: SilentAlarm(), timekeeper: .hundredfold,
            settings: ForemanSettings(once: true), retry: RetryPolicy(), root: "/",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await foreman.run() == .done)
        return try disk.document(StatusDocument.self, at: Layout.status)
    }

    @Test func `a result that was not cleared away at the start is counted, once`() async throws {
        try leaveJob()
        let first = try await status()
        #expect((first.finished, first.failed) == (0, 1))
        #expect(first.failures.map(\.code) == ["job.invalid"])
        #expect(try disk.names(in: Layout.jobs).isEmpty)
        // Nothing is left of it for the one after that.
        #expect(try await status().failed == 0)
    }
}
