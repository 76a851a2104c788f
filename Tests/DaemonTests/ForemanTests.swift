import Daemon
import Jobs
import Logging
import Testing

/// The foreman on a simulated disk, with a clock that runs a hundred times as fast.
@Suite(.timeLimit(.minutes(10))) struct ForemanTests {
    /// An executor whose disk is full when an attempt ends.
    private struct FillingExecutor: Executor {
        let slots = 1
        let disk: SimulatedDisk
        let ended: AsyncStream<Void>.Continuation

        func run(
            _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
        ) async -> AttemptReport {
            disk.fill(nil, at: ".work")
            ended.yield()
            return AttemptReport(.failed(JobFailure(.job, "numerics", "it failed")))
        }

        func probe(directory: String, pictures: [String]) async -> ProbeAnswer { .bad([]) }

        func cancel(_ id: String) async {}

        func stop() async {}
    }

    private let disk = SimulatedDisk()

    private var spool: Spool {
        Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
    }

    /// Runs the foreman on one job; `whenEnded` is called as soon as its attempt has ended.
    private func run(drain: Duration, whenEnded: () -> Void) async throws -> Foreman.End {
        try disk.createFolder(Layout.inbox)
        try disk.create(Layout.inbox / "job.yaml", holding: Array("nothing".utf8))
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let foreman = Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper),
            executor: FillingExecutor(disk: disk, ended: ended), alarm: SilentAlarm(),
            timekeeper: .hundredfold, settings: ForemanSettings(drain: drain, poll: .seconds(1)),
            retry: RetryPolicy(), root: "/",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let end = foreman.run()
        for await _ in ends { break }
        whenEnded()
        foreman.drain()
        return try await end
    }

    @Test func `an outcome that cannot be written does not keep the daemon from ending`()
        async throws
    {
        #expect(try await run(drain: .seconds(30)) {} == .done)
        disk.makeRoom()
        let record = try #require(try spool.recover().first)
        #expect(record.state == .ready)
        #expect(record.interruptions == 1)
        #expect(record.faults == 0)
    }

    @Test func `an outcome is written down while the daemon is ending, once there is room`()
        async throws
    {
        #expect(try await run(drain: .seconds(100_000)) { disk.makeRoom() } == .done)
        #expect(try disk.names(in: Layout.jobs).isEmpty)
        let results = try disk.names(in: Layout.outbox).map(\.text).compactMap(ResultName.init)
        #expect(results.map(\.hasFailed) == [true])
    }
}
