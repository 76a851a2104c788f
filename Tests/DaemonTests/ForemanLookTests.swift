import Daemon
import Jobs
import Logging
import Synchronization
import Testing

/// Which looks at the Inbox the foreman makes.
@Suite(.timeLimit(.minutes(10))) struct ForemanLookTests {
    /// An alarm that is told where to watch just after a job has come there, the first time.
    private final class LateAlarm: Alarm {
        let mode = AlarmMode.inotify
        private let disk: SimulatedDisk
        private let calls = Mutex(0)

        init(disk: SimulatedDisk) {
            self.disk = disk
        }

        func start(ring: @escaping @Sendable () -> Void) {}
        func stop() {}

        func watch(_ folders: [FileName]) -> Bool {
            let isFirst = calls.withLock { count in
                count += 1
                return count == 1
            }
            guard isFirst else { return false }
            // What fails here is missed by the test.
            try? disk.create(Layout.inbox / "job.yaml", holding: Array("nothing".utf8))
            return true
        }
    }

    private struct FailingExecutor: Executor {
        let slots = 1

        func run(
            _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
        ) async -> AttemptReport {
            AttemptReport(.failed(JobFailure(.job, "numerics", "it failed")))
        }

        func probe(directory: String, pictures: [String]) async -> ProbeAnswer { .bad([]) }

        func cancel(_ id: String) async {}

        func stop() async {}
    }

    @Test func `what comes between a look and a new watch is not waited for`() async throws {
        let disk = SimulatedDisk()
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let foreman = Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper), executor: FailingExecutor(),
            alarm: LateAlarm(disk: disk), timekeeper: .hundredfold,
            settings: ForemanSettings(once: true), retry: RetryPolicy(), root: "/",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await foreman.run() == .done)
        let failed = try disk.names(in: Layout.outbox).filter { $0.hasSuffix(".failed") }
        #expect(failed.count == 1)
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }
}
