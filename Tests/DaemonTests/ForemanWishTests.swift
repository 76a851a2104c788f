import Daemon
import Jobs
import Logging
import Testing

/// What users ask of a running job while nothing is taken from the Inbox, with a clock that runs a
/// hundred times as fast.
@Suite(.timeLimit(.minutes(10))) struct ForemanWishTests {
    /// An executor whose attempt ends when it is cancelled, or with the daemon.
    private final class PatientExecutor: Executor {
        let slots = 1
        let begins: AsyncStream<Void>
        private let begun: AsyncStream<Void>.Continuation
        private let ends: AsyncStream<AttemptOutcome>
        private let end: AsyncStream<AttemptOutcome>.Continuation

        init() {
            (begins, begun) = AsyncStream.makeStream(of: Void.self)
            (ends, end) = AsyncStream.makeStream(of: AttemptOutcome.self)
        }

        func run(
            _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
        ) async -> AttemptReport {
            begun.yield()
            for await outcome in ends { return AttemptReport(outcome) }
            return AttemptReport(.stopped)
        }

        func probe(directory: String, pictures: [String]) async -> ProbeAnswer { .bad([]) }

        func cancel(_ id: String) async { end.yield(.failed(.cancelled)) }

        func stop() async { end.finish() }
    }

    private let disk = SimulatedDisk()
    private let executor = PatientExecutor()
    private static let id = "20260101-000000-000001"

    private var foreman: Foreman {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in Self.id })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        return Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper), executor: executor,
            alarm: SilentAlarm(), timekeeper: .hundredfold,
            settings: ForemanSettings(drain: .seconds(60), poll: .seconds(1)),
            retry: RetryPolicy(), root: "/",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs the foreman on one job, which is cancelled after `change`.
    private func cancel(after change: (Foreman) throws -> Void) async throws {
        try disk.fillInbox(["job.yaml": "nothing"])
        let foreman = foreman
        async let end = foreman.run()
        for await _ in executor.begins { break }
        try change(foreman)
        try disk.create(JobWish(.cancel, Self.id).path, holding: [])
        // Long enough to be heard, and no longer than the daemon would wait.
        try await Timekeeper.hundredfold.sleep(.seconds(30))
        foreman.drain()
        #expect(try await end == .done)
        let results = try disk.results().compactMap(\.last?.exactText).compactMap(ResultName.init)
        #expect(results.map(\.hasFailed) == [true])
    }

    @Test func `a job is cancelled while there is no Inbox`() async throws {
        try await cancel { _ in
            try disk.rename(Layout.inbox, to: .root / "away", replacing: false)
        }
    }

    @Test func `a job is cancelled while the daemon waits for its end`() async throws {
        try await cancel { $0.drain() }
    }
}
