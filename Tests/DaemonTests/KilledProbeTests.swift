import Daemon
import Jobs
import Logging
import Synchronization
import Testing

/// Pictures over which every worker is killed, with a clock that runs a hundred times as fast.
@Suite(.timeLimit(.minutes(10))) struct KilledProbeTests {
    private final class KilledExecutor: Executor {
        let slots = 1
        /// How often the pictures were tried.
        let kills = Mutex(0)

        func run(
            _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
        ) async -> AttemptReport {
            AttemptReport(.failed(JobFailure(.job, "numerics", "it failed")))
        }

        func probe(directory: String, pictures: [String]) async -> ProbeAnswer {
            guard pictures.contains("killer.png") else { return .bad([]) }
            kills.withLock { $0 += 1 }
            return .killed("the worker was killed from outside")
        }

        func cancel(_ id: String) async {}

        func stop() async {}
    }

    @Test func `they hold up no other job, and are tried again`() async throws {
        let disk = SimulatedDisk()
        try disk.fillInbox([
            "a.yaml": "killer.png", "killer.png": "large", "b.yaml": "b.png", "b.png": "picture",
            "c.yaml": "c.png", "c.png": "picture",
        ])
        let count = Mutex(0)
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in
                count.withLock { count in
                    count += 1
                    return "20260101-000000-00000\(count)"
                }
            })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let executor = KilledExecutor()
        let foreman = Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper), executor: executor,
            alarm: SilentAlarm(), timekeeper: .hundredfold,
            settings: ForemanSettings(once: true), retry: RetryPolicy(), root: "/",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        guard case .workLeft(let reasons) = try await foreman.run() else {
            Issue.record("nothing is left")
            return
        }
        #expect(reasons.contains { $0.contains("killed from outside; it is tried again") })
        let results = try disk.results().compactMap(\.last?.exactText).compactMap(ResultName.init)
        #expect(results.map(\.name.text).sorted() == ["b", "c"])
        #expect(try disk.names(in: Layout.inbox).map(\.text) == ["a.yaml", "killer.png"])
        #expect(executor.kills.withLock { $0 } >= 3)
    }
}
