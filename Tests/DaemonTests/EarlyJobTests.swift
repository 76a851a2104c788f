import Daemon
import Jobs
import Testing

/// Job files that somebody goes on writing to while their job fails.
@Suite struct EarlyJobTests {
    private let disk = SimulatedDisk()
    private let id = "20260101-000000-000001"
    private let submission = Submission(name: FileName("a.yaml"), isFolder: false)
    private let failure = JobFailure(.job, "job.invalid", "it is bad")

    private var original: SpoolPath { Layout.submitted(id) / "a.yaml" }

    /// A spool with a job file in its Inbox that is not whole.
    private func spool() throws -> Spool {
        try disk.fillInbox(["a.yaml": "bad"])
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { [id] _ in id })
        _ = try spool.recover()
        return spool
    }

    /// Does all steps of a job.
    private func finish(_ record: JobRecord?, _ spool: Spool) throws {
        var record = record
        while let next = record, next.state != .ready { record = try spool.advance(next) }
    }

    @Test(arguments: ["", "bad"])
    func `a job file that comes early fails, and runs when all of it is there`(
        _ early: String
    ) throws {
        try disk.fillInbox(["a.yaml": early])
        let identifiers = SimulatedDaemon.Counter()
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        let failed = try #require(try disk.results().first)
        let late = Layout.done / id / "submitted" / "a.yaml"
        try #require(try disk.exists(late))
        try disk.remove(late)
        try disk.create(late, holding: Array("nothing".utf8))
        #expect(try disk.text(of: failed / "job.yaml") == early)
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        let results = try disk.results()
        #expect(results.count == 2)
        #expect(try results.map { try disk.text(of: $0 / "job.yaml") }.contains("nothing"))
    }

    @Test func `what is written while the job fails comes back when it has failed`() throws {
        let spool = try spool()
        let judged = try disk.stamp(of: Layout.inbox / "a.yaml")
        let record = try spool.accept(submission, failure: failure, judged: judged)
        #expect(record?.state == .failing(failure))
        disk.append(" and more", to: original)
        try finish(record, spool)
        let result = try #require(try disk.results().first)
        #expect(try disk.text(of: result / "job.yaml") == "bad")
        #expect(try disk.text(of: Layout.inbox / "a.yaml") == "bad and more")
    }

    @Test func `what is written before the job is taken is judged`() throws {
        let spool = try spool()
        let judged = try disk.stamp(of: Layout.inbox / "a.yaml")
        try disk.remove(Layout.inbox / "a.yaml")
        try disk.fillInbox(["a.yaml": "nothing"])
        let record = try #require(
            try spool.accept(submission, failure: failure, judged: judged))
        #expect(record.state == .accepted)
        #expect(try spool.advance(record)?.state == .ready)
    }

    @Test func `a job file that is too large is published as it is`() throws {
        let large = String(repeating: "x", count: Layout.largestJobFile + 1)
        let spool = try spool()
        disk.append(large, to: Layout.inbox / "a.yaml")
        let record = try spool.accept(submission, failure: failure)
        try finish(record, spool)
        let result = try #require(try disk.results().first)
        #expect(try disk.text(of: result / "job.yaml") == "bad" + large)
    }
}
