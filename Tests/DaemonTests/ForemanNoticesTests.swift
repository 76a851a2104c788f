import Daemon
import Foundation
import Jobs
import Logging
import Synchronization
import TestSupport
import Testing

/// What a service manager hears of the foreman, with a clock that runs a hundred times as fast.
@Suite(.timeLimit(.minutes(10))) struct ForemanNoticesTests {
    /// Does not come back while it is told to hang, like a disk that has gone.
    private final class HangingInspector: JobInspecting {
        let isHanging = Mutex(false)
        let hasHung = Mutex(false)
        /// Hangs only over job files, so not while the daemon recovers.
        let holdsJobFiles = Mutex(false)

        func inspect(
            _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
        ) throws(JobFailure) -> JobNeeds {
            hangWhenTold()
            while holdsJobFiles.withLock({ $0 }) {
                hasHung.withLock { $0 = true }
                usleep(1000)
            }
            return JobNeeds()
        }

        func hangWhenTold() {
            while isHanging.withLock({ $0 }) {
                hasHung.withLock { $0 = true }
                usleep(1000)
            }
        }
    }

    private let disk = SimulatedDisk()
    private let inspector = HangingInspector()

    private func foreman(
        at address: String?, standstill: Duration, timekeeper: Timekeeper = .hundredfold
    ) -> Foreman {
        let spool = Spool(
            files: disk, inspector: inspector, settings: SpoolSettings(),
            now: { [inspector] in
                inspector.hangWhenTold()
                return 1e9
            },
            identify: { _ in "20260101-000000-000001" })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: inspector, patience: Patience(quiet: .zero))
        var variables = ["WATCHDOG_USEC": "4000000"]
        variables["NOTIFY_SOCKET"] = address
        let manager = ServiceSocket(environment: { [variables] in variables[$0] }, pid: 1)
        return Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper), executor: IdleExecutor(slots: 0),
            alarm: SilentAlarm(), timekeeper: timekeeper,
            settings: ForemanSettings(poll: .seconds(1), standstill: standstill),
            retry: RetryPolicy(), root: "/",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            listeners: Listeners(service: manager))
    }

    /// Lets a look at the Inbox hang for two hundred seconds of the foreman's clock.
    ///
    /// - Parameters:
    ///   - standstill: so long a disk may take.
    ///   - patience: so long signs of life are waited for at the end.
    /// - Returns: whether there were any.
    /// - Throws: what the foreman throws.
    private func livesWhileHanging(
        standstill: Duration, patience: Duration
    ) async throws -> Bool {
        let address = "@sluice-\(UUID().uuidString)"
        let manager = try FakeSupervisor(at: address)
        let foreman = foreman(at: address, standstill: standstill)
        async let outcome = foreman.run()
        try await heard("WATCHDOG=1", by: manager)
        inspector.isHanging.withLock { $0 = true }
        try disk.create(Layout.inbox / "a.yaml", holding: Array("hang".utf8))
        while !inspector.hasHung.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(1500))
        _ = manager.assignments()
        var lives = false
        let end = ContinuousClock.now + patience
        while !lives, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
            lives = manager.assignments().contains("WATCHDOG=1")
        }
        inspector.isHanging.withLock { $0 = false }
        try await heard("WATCHDOG=1", by: manager)
        foreman.drain()
        #expect(try await outcome == .done)
        try await heard("STOPPING=1", by: manager)
        return lives
    }

    private func heard(_ assignment: String, by manager: FakeSupervisor) async throws {
        while !manager.assignments().contains(assignment) {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `without a service manager an idle daemon sleeps`() async throws {
        let sleeps = Mutex<[Duration]>([])
        let clock = Timekeeper.hundredfold
        let timekeeper = Timekeeper(
            now: clock.now,
            sleep: { time in
                sleeps.withLock { $0.append(time) }
                try await clock.sleep(time)
            }, date: clock.date)
        let foreman = foreman(at: nil, standstill: .seconds(60), timekeeper: timekeeper)
        async let outcome = foreman.run()
        while sleeps.withLock({ $0.count }) < 40 { try await Task.sleep(for: .milliseconds(5)) }
        foreman.drain()
        #expect(try await outcome == .done)
        // The least that it ever sleeps: there was something to do that was due already.
        let short = sleeps.withLock { $0 }.filter { $0 <= .milliseconds(10) }
        #expect(short.count < 20)
    }

    @Test func `signs of life end when the disk does not answer, and come back with it`()
        async throws
    {
        #expect(
            try await !livesWhileHanging(standstill: .seconds(60), patience: .milliseconds(500)))
    }

    @Test func `a disk that only takes its time is no reason to end them`() async throws {
        // On a busy machine signs come late.
        #expect(try await livesWhileHanging(standstill: .seconds(3600), patience: .seconds(60)))
    }

    @Test func `while it recovers, the daemon asks for more time, and is not ready`() async throws {
        let address = "@sluice-\(UUID().uuidString)"
        let manager = try FakeSupervisor(at: address)
        let foreman = foreman(at: address, standstill: .seconds(3600))
        inspector.isHanging.withLock { $0 = true }
        async let end = foreman.run()
        var told: [String] = []
        while told.count(where: { $0 == ServiceNotices.extended }) < 2 {
            try await Task.sleep(for: .milliseconds(5))
            told += manager.assignments()
        }
        #expect(!told.contains("READY=1"))
        inspector.isHanging.withLock { $0 = false }
        try await heard("READY=1", by: manager)
        foreman.drain()
        #expect(try await end == .done)
    }

    @Test func `while its first look at the Inbox goes on, the daemon asks for more time`()
        async throws
    {
        let address = "@sluice-\(UUID().uuidString)"
        let manager = try FakeSupervisor(at: address)
        try disk.createFolder(Layout.inbox)
        try disk.create(Layout.inbox / "a.yaml", holding: Array("slow".utf8))
        inspector.holdsJobFiles.withLock { $0 = true }
        let foreman = foreman(at: address, standstill: .seconds(3600))
        async let end = foreman.run()
        while !inspector.hasHung.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        var told: [String] = []
        while told.count(where: { $0 == ServiceNotices.extended }) < 3 {
            try await Task.sleep(for: .milliseconds(5))
            told += manager.assignments()
        }
        #expect(!told.contains("READY=1"))
        inspector.holdsJobFiles.withLock { $0 = false }
        try await heard("READY=1", by: manager)
        foreman.drain()
        #expect(try await end == .done)
    }
}
