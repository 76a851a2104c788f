import Daemon
import Jobs
import Synchronization
import Testing

/// The time that a job waits for its pictures goes on when the daemon is started again.
@Suite struct WaitTests {
    private let disk = SimulatedDisk()
    private let calendar = Calendar()

    /// The time of day, and the number of the last job.
    private final class Calendar: Sendable {
        let date = Mutex(1e9)
        let jobs = Mutex(0)

        func identify() -> String {
            jobs.withLock { number in
                number += 1
                return "20260101-000000-00000\(number)"
            }
        }
    }

    /// A daemon that has just been started, to which every file is still.
    private func keeper(_ rota: Rota = Rota()) async throws -> Keeper {
        let time = calendar.date.withLock { $0 }
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { time },
            identify: { [calendar] _ in calendar.identify() })
        let keeper = Keeper(
            spool: spool,
            doorkeeper: Doorkeeper(
                files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero),
                rota: rota))
        _ = try await keeper.recover()
        return keeper
    }

    private func put(_ name: String, _ text: String) throws {
        try disk.create(Layout.inbox / name, holding: Array(text.utf8))
    }

    /// How many jobs are taken at a time of this daemon.
    private func taken(_ keeper: Keeper, _ seconds: Int) async throws -> Int {
        try await keeper.admit(at: .seconds(seconds), mayAccept: true, reserve: 0).accepted.count
    }

    /// Lets a daemon look at what waits, and another one begin so many seconds later.
    private func restarted(after seconds: Double) async throws -> Keeper {
        let first = try await keeper()
        #expect(try await taken(first, 0) == 0)
        await first.keepWaits(at: .zero)
        calendar.date.withLock { $0 += seconds }
        return try await keeper()
    }

    /// One job of which nothing is there, and one of which something is.
    @Test(arguments: ["a.png", "a.png b.png"]) func `a restart gives a job no more time`(
        _ job: String
    ) async throws {
        _ = try await keeper()
        try put("job.yaml", job)
        if job.contains("b.png") { try put("b.png", "picture") }
        let second = try await restarted(after: 400)
        #expect(try await taken(second, 0) == 0)
        #expect(try await taken(second, 199) == 0)
        #expect(try await taken(second, 201) == 1)
    }

    /// What the metrics say of how long a job has waited, with some of its files there or none.
    @Test(arguments: ["a.png", "a.png b.png"]) func `the numbers go on over a restart`(
        _ job: String
    ) async throws {
        _ = try await keeper()
        try put("job.yaml", job)
        if job.contains("b.png") { try put("b.png", "picture") }
        let second = try await restarted(after: 400)
        var metrics = Metrics()
        let admission = try await second.admit(at: .zero, mayAccept: true, reserve: 0)
        metrics.note(admission, at: .zero)
        let scheduler = Scheduler(slots: 0, retry: RetryPolicy())
        let moment = Metrics.Moment(now: .seconds(50), date: 160, started: 90)
        let text = metrics.text(scheduler, Tally(), at: moment)
        let value = try MetricsReading(text).values["sluice_oldest_waiting_seconds"]
        #expect(value == 450)
    }

    @Test func `a daemon that ends before it has looked at all takes nothing from what waits`()
        async throws
    {
        _ = try await keeper()
        for name in ["j", "k"] {
            try put("\(name).png", "picture")
            try put("\(name).yaml", "\(name).png missing.png")
        }
        let narrow = Rota(small: 1)
        var daemons: [Keeper] = []
        for seconds in [400.0, 0] {
            let daemon = try await keeper(narrow)
            daemons.append(daemon)
            // The first one looks at both, the second at one of them.
            for _ in daemons.count..<3 { #expect(try await taken(daemon, 0) == 0) }
            await daemon.keepWaits(at: .zero)
            calendar.date.withLock { $0 += seconds }
        }
        let last = try await keeper(narrow)
        #expect(try await taken(last, 0) == 0)
        var count = 0
        for _ in 0..<3 { count += try await taken(last, 201) }
        #expect(count == 2)
    }

    @Test func `a first look in which nobody waits who had a turn takes nothing away either`()
        async throws
    {
        let narrow = Rota(small: 1)
        let first = try await keeper(narrow)
        for name in ["j", "k"] {
            try put("\(name).png", "picture")
            try put("\(name).yaml", "\(name).png missing.png")
        }
        for _ in 0..<2 { #expect(try await taken(first, 0) == 0) }
        await first.keepWaits(at: .zero)
        calendar.date.withLock { $0 += 400 }
        try put("a.png", "picture")
        try put("a.yaml", "a.png")
        #expect(try await taken(keeper(narrow), 0) == 0)
        let last = try await keeper()
        #expect(try await taken(last, 0) == 0)
        #expect(try await taken(last, 201) == 2)
    }

    @Test func `a job that has waited long enough without a daemon fails at once`() async throws {
        _ = try await keeper()
        try put("job.yaml", "a.png")
        let second = try await restarted(after: 700)
        #expect(try await taken(second, 0) == 1)
    }

    @Test func `a job that was written anew waits anew`() async throws {
        _ = try await keeper()
        try put("job.yaml", "a.png")
        let second = try await restarted(after: 400)
        try disk.remove(Layout.inbox / "job.yaml")
        try put("job.yaml", "a.png")
        #expect(try await taken(second, 201) == 0)
        #expect(try await taken(second, 599 + 201) == 0)
        #expect(try await taken(second, 601 + 201) == 1)
    }

    @Test func `a clock that was put back takes no time away`() async throws {
        _ = try await keeper()
        try put("job.yaml", "a.png")
        let second = try await restarted(after: -5000)
        #expect(try await taken(second, 0) == 0)
        #expect(try await taken(second, 599) == 0)
        #expect(try await taken(second, 601) == 1)
    }

    @Test func `what came after the last writing is written at the end`() async throws {
        let first = try await keeper()
        try put("job.yaml", "a.png")
        #expect(try await taken(first, 0) == 0)
        try put("late.yaml", "b.png")
        #expect(try await taken(first, 1) == 0)
        await first.keepWaits(at: .seconds(1))
        calendar.date.withLock { $0 += 598 }
        let second = try await keeper()
        #expect(try await taken(second, 0) == 0)
        #expect(try await taken(second, 3) == 2)
    }

    @Test func `nothing is kept of what waits no longer, and nonsense does no harm`() async throws {
        let first = try await keeper()
        try put("job.yaml", "a.png")
        #expect(try await taken(first, 0) == 0)
        #expect(try disk.exists(Layout.waits))
        try disk.remove(Layout.inbox / "job.yaml")
        #expect(try await taken(first, 20) == 0)
        #expect(try !disk.exists(Layout.waits))
        try disk.create(Layout.waits, holding: Array("x\n1 2\n-1 2 3\n\u{0}".utf8))
        let second = try await keeper()
        try put("job.yaml", "a.png")
        #expect(try await taken(second, 0) == 0)
        #expect(try await taken(second, 599) == 0)
    }
}
