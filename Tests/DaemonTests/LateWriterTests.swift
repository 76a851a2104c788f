import Daemon
import Jobs
import Testing

/// What somebody writes to a job file after its job has ended.
@Suite struct LateWriterTests {
    private let disk = SimulatedDisk()
    private let work = Layout.done / "20260101-000000-000001"

    private func spool(keepWork: Duration, now: Double) -> Spool {
        Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(keepWork: keepWork),
            now: { now }, identify: { _ in "20260101-000000-000009" })
    }

    /// Runs a job `a.yaml` to its end.
    private func runJob() throws {
        try disk.fillInbox(["a.yaml": "nothing"])
        try SimulatedDaemon(disk: disk, identifiers: .init()).run()
        try #require(try disk.exists(work / "submitted" / "a.yaml"))
    }

    @Test(arguments: [false, true])
    func `what is written to a job file after its job has ended is a job of its own`(
        _ isTaken: Bool
    ) throws {
        try runJob()
        disk.append(" a.png", to: work / "submitted" / "a.yaml")
        var content = ["a.png": "picture"]
        if isTaken { content["a.yaml"] = "nothing nothing" }
        try disk.fillInbox(content)
        let identifiers = SimulatedDaemon.Counter()
        identifiers.next = 1
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        let jobs = try disk.results().map { try disk.text(of: $0 / "job.yaml") }
        let others = isTaken ? ["nothing nothing"] : []
        #expect(Set(jobs) == Set(["nothing", "nothing a.png"] + others))
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test func `the pictures that it names come back with it`() throws {
        try disk.fillInbox([
            "a.yaml": "a.png b.png", "a.png": "picture a", "b.png": "picture b",
        ])
        let identifiers = SimulatedDaemon.Counter()
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        #expect(try disk.names(in: Layout.inbox).isEmpty)
        // Somebody writes the file anew where it is.
        let late = work / "submitted" / "a.yaml"
        try disk.remove(late)
        try disk.create(late, holding: Array("a.png".utf8))
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        let second = try #require(try disk.results().last)
        #expect(try disk.results().count == 2)
        #expect(try disk.text(of: second / "inputs" / "a.png") == "picture a")
        #expect(try disk.names(in: second / "inputs").map(\.text) == ["a.png"])
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test
    func `pictures beside it stay for others that may need them until the Inbox is looked at`()
        throws
    {
        try disk.fillInbox(["a.yaml": "p.png", "p.png": "picture"])
        try SimulatedDaemon(disk: disk, identifiers: .init()).run()
        let late = work / "submitted" / "a.yaml"
        try disk.remove(late)
        try disk.create(late, holding: Array("q.png".utf8))
        let spool = spool(keepWork: .zero, now: 61)
        _ = try spool.recover()
        #expect(try disk.text(of: Layout.inbox / "a.yaml") == "q.png")
        #expect(try disk.text(of: work / "taken" / "0") == "picture")
        _ = try spool.removeOldWork()
        #expect(try !disk.exists(work))
    }

    @Test func `working files stay for a minute, so that late writers are seen`() throws {
        try runJob()
        _ = try spool(keepWork: .zero, now: 59).removeOldWork()
        #expect(try disk.exists(work))
        disk.append(" a.png", to: work / "submitted" / "a.yaml")
        _ = try spool(keepWork: .seconds(90), now: 89).removeOldWork()
        #expect(try disk.exists(work))
        _ = try spool(keepWork: .zero, now: 61).removeOldWork()
        #expect(try !disk.exists(work))
        #expect(try disk.text(of: Layout.inbox / "a.yaml") == "nothing a.png")
    }

    @Test func `one that has another size by now comes back unread, as it may have no end`() throws
    {
        try runJob()
        let late = work / "submitted" / "a.yaml"
        disk.append(" a.png", to: late)
        disk.damage(late)
        #expect(try spool(keepWork: .zero, now: 61).removeOldWork().isEmpty)
        #expect(try !disk.exists(work))
        #expect(try disk.exists(Layout.inbox / "a.yaml"))
    }

    @Test func `a job file that nobody has written to goes with the rest`() throws {
        try runJob()
        #expect(try spool(keepWork: .zero, now: 61).removeOldWork().isEmpty)
        #expect(try !disk.exists(work))
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test func `what the disk does not give is not removed unseen`() throws {
        try runJob()
        disk.append(" a.png", to: work / "submitted" / "a.yaml")
        disk.damage(work / "state.json")
        #expect(try spool(keepWork: .zero, now: 61).removeOldWork().map(\.path) == [work])
        #expect(try disk.text(of: work / "submitted" / "a.yaml") == "nothing a.png")
    }

    @Test func `the keeper looks for old work without another job that ends`() async throws {
        try runJob()
        disk.append(" a.png", to: work / "submitted" / "a.yaml")
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let keeper = Keeper(spool: spool(keepWork: .zero, now: 61), doorkeeper: doorkeeper)
        _ = try await keeper.admit(at: .zero, mayAccept: false, reserve: 0)
        #expect(try disk.text(of: Layout.inbox / "a.yaml") == "nothing a.png")
    }
}
