import Daemon
import Jobs
import Testing

/// A job that the disk does not give once, while another one ends.
@Suite struct FleetingFailureTests {
    private let disk = SimulatedDisk()
    private static let first = "20260101-000000-000001"
    private static let second = "20260101-000000-000002"
    private static let waiting = Layout.inbox / "waiting.yaml"

    private func spool(identifying id: String = "20260101-000000-000009") -> Spool {
        Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in id })
    }

    /// Leaves a job whose result is published, one that has just been accepted, and one that waits.
    private func leaveJobs() throws {
        try disk.fillInbox([
            "first.yaml": "q.png", "second.yaml": "p.png", "p.png": "picture", "q.png": "another",
            "waiting.yaml": "r.png",
        ])
        _ = try spool().recover()
        for (id, name) in [(Self.first, "first.yaml"), (Self.second, "second.yaml")] {
            let submission = Submission(name: FileName(name), isFolder: false)
            _ = try spool(identifying: id).accept(submission)
        }
        var record = try #require(try spool().recover().last)
        record = try spool().begin(try #require(try spool().advance(record)))
        let failure = JobFailure(.job, "numerics", "it failed")
        record = try spool().end(record, .failed(failure), log: "")
        while record.state.kind != .done {
            record = try #require(try spool().advance(record))
        }
    }

    @Test func `a job that cannot be read is not forgotten beside more than a look may read`()
        async throws
    {
        try leaveJobs()
        let text = String(repeating: "#", count: 1000)
        for number in 0..<1500 {
            try disk.fillInbox(["x\(number).yaml": "x\(number).png\(text)"])
        }
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let keeper = Keeper(spool: spool(), doorkeeper: doorkeeper)
        let record = try #require(try await keeper.recover().last)
        disk.damage(Self.waiting)
        #expect(try await keeper.advance(record) == nil)
        #expect(try disk.text(of: Layout.inbox / "p.png") == "picture")
    }

    @Test(arguments: [
        Layout.submitted(first), Layout.submitted(first) / "first.yaml", waiting,
    ])
    func `the pictures of the other leave the Inbox all the same`(_ path: SpoolPath) async throws {
        try leaveJobs()
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let keeper = Keeper(spool: spool(), doorkeeper: doorkeeper)
        let record = try #require(try await keeper.recover().last)
        disk.lock(path, .damagedOnce)
        #expect(try await keeper.advance(record) == nil)
        #expect(disk.isUnlocked(path), "nobody has read it")
        #expect(try disk.names(in: Layout.inbox).map(\.text) == ["q.png", "waiting.yaml"])
    }
}
