import Daemon
import Jobs
import Logging
import Synchronization
import Testing

/// What the foreman says while nothing changes, with a clock that runs a hundred times as fast.
@Suite(.timeLimit(.minutes(10))) struct ForemanLogTests {
    /// An executor whose attempts end with the daemon only, whatever is asked of them.
    private struct DeafExecutor: Executor {
        let slots = 1
        private let ends: AsyncStream<Void>
        private let end: AsyncStream<Void>.Continuation

        init() {
            (ends, end) = AsyncStream.makeStream(of: Void.self)
        }

        func run(
            _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
        ) async -> AttemptReport {
            for await _ in ends {}
            return AttemptReport(.stopped)
        }

        func probe(directory: String, pictures: [String]) async -> ProbeAnswer { .bad([]) }

        func cancel(_ id: String) async {}

        func stop() async { end.finish() }
    }

    /// An alarm that never rings, and counts the looks at the Inbox.
    private struct CountingAlarm: Alarm {
        let mode = AlarmMode.polling("nothing rings")
        let looked: AsyncStream<Void>.Continuation

        func start(ring: @escaping @Sendable () -> Void) {}
        func watch(_ folders: [FileName]) -> Bool {
            looked.yield()
            return false
        }
        func stop() {}
    }

    private final class Lines: Sendable {
        private let all = Mutex<[String]>([])

        var logger: Logger {
            Logger(label: "test") { [self] _ in
                JournalLogHandler { [self] line in all.withLock { $0.append(line) } }
            }
        }

        func count(of event: String) -> Int {
            all.withLock { $0.count { $0.dropFirst(3).hasPrefix(event) } }
        }
    }

    private let disk = SimulatedDisk()
    private let lines = Lines()
    private static let id = "20260101-000000-000001"

    /// Runs the foreman on one job; `look` is called with the number of every look at the Inbox,
    /// until it says that this is enough.
    private func run(untilEnough look: (Int) throws -> Bool) async throws {
        let (looks, looked) = AsyncStream.makeStream(of: Void.self)
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in Self.id })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let foreman = Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper), executor: DeafExecutor(),
            alarm: CountingAlarm(looked: looked), timekeeper: .hundredfold,
            settings: ForemanSettings(drain: .zero, poll: .seconds(1)), retry: RetryPolicy(),
            root: "/", logger: lines.logger)
        async let end = foreman.run()
        var count = 0
        for await _ in looks {
            count += 1
            if try look(count) { break }
        }
        foreman.drain()
        #expect(try await end == .done)
    }

    private func submit() throws {
        try disk.createFolder(Layout.inbox)
        try disk.create(Layout.inbox / "job.yaml", holding: Array("nothing".utf8))
    }

    @Test func `why a submission cannot be taken is said once, and again when it has changed`()
        async throws
    {
        try submit()
        disk.lock(Layout.inbox / "job.yaml", .immovable)
        try await run { look in
            if look == 5 { disk.lock(Layout.inbox / "job.yaml", nil) }
            if look == 7 {
                try disk.create(Layout.inbox / "more.yaml", holding: Array("nothing".utf8))
                disk.lock(Layout.inbox / "more.yaml", .immovable)
            }
            return look == 12
        }
        #expect(lines.count(of: "not accepted") == 2)
        #expect(lines.count(of: "job accepted") == 1)
    }

    @Test func `a wish is told once, however long it stays`() async throws {
        try submit()
        try await run { look in
            let isRunning = lines.count(of: "attempt started") == 1
            let wish = JobWish(.cancel, Self.id)
            if isRunning, try !disk.exists(wish.path) { try disk.create(wish.path, holding: []) }
            return look > 50
        }
        #expect(lines.count(of: "asked to cancel") == 1)
    }
}
