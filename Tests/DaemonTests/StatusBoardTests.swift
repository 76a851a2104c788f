import Daemon
import Foundation
import Jobs
import Testing

@Suite struct StatusBoardTests {
    private let disk = SimulatedDisk()

    /// The keeper of a disk with a job in its Inbox.
    private func keeper() async throws -> Keeper {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let keeper = Keeper(spool: spool, doorkeeper: doorkeeper)
        _ = try await keeper.recover()
        try disk.create(Layout.inbox / "a.yaml", holding: Array("nothing".utf8))
        return keeper
    }

    private func status(
        _ board: inout StatusBoard, jobs: [JobRecord] = []
    ) -> StatusDocument {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        for job in jobs { _ = scheduler.handle(.arrived(job), at: .zero) }
        return board.document(scheduler, watching: "", updated: 0, now: .zero)
    }

    @Test func `a submission that cannot be taken is told until it can`() async throws {
        let keeper = try await keeper()
        disk.lock(Layout.inbox / "a.yaml", .immovable)
        var board = StatusBoard(pid: 1, started: 0)
        board.note(try await keeper.admit(at: .zero, mayAccept: true, reserve: 0))
        let warning = try #require(status(&board).warnings.first)
        #expect(warning.hasPrefix("cannot take Inbox/a.yaml: permission denied"))
        disk.lock(Layout.inbox / "a.yaml", nil)
        board.note(try await keeper.admit(at: .seconds(5), mayAccept: true, reserve: 0))
        #expect(status(&board).warnings.isEmpty)
    }

    @Test func `results with warnings are counted, and the last ones are told`() {
        var board = StatusBoard(pid: 1, started: 0)
        for number in 1...22 {
            var job = JobRecord(
                id: "\(number)", name: "job", state: .done(result: "job--\(number)"), accepted: 0)
            if number > 1 { job.remarks = .init(count: number, first: "odd") }
            board.note(job)
        }
        let status = status(&board)
        #expect(status.counts == "22 finished (21 with warnings), 0 failed")
        #expect(status.remarked?.count == 20)
        #expect(status.remarked?.first?.remarks.words == "22 warnings: odd")
        #expect(status.remarked?.first?.result == "job--22")
    }

    @Test(arguments: [0, 1])
    func `a failure that an earlier daemon has begun counts as one`(_ steps: Int) throws {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
        try disk.fillInbox(["a.yaml": "bad"])
        _ = try spool.recover()
        let failure = JobFailure(.job, "job.invalid", "it is bad")
        let submission = Submission(name: FileName("a.yaml"), isFolder: false)
        let accepted = try #require(try spool.accept(submission, failure: failure))
        try disk.create(
            Layout.state(accepted.id), holding: [UInt8](JSONEncoder().encode(accepted)))
        for _ in 0..<steps { _ = try spool.advance(accepted) }
        // Here it was killed.
        var board = StatusBoard(pid: 1, started: 0)
        var left = try spool.recover().first
        #expect(left?.state.kind == (steps == 0 ? .failing : .sealed))
        while let next = left {
            left = try spool.advance(next)
            if let left { board.note(left) }
        }
        let status = status(&board)
        #expect(status.finished == 0)
        #expect(status.failed == 1)
        #expect(status.failures.map(\.code) == ["job.invalid"])
        #expect(status.failures.first?.result == "a--20260101-000000-000001.failed")
    }

    @Test func `the attempt that is running counts`() {
        var board = StatusBoard(pid: 1, started: 0)
        var job = JobRecord(id: "1", name: "job", state: .ready, accepted: 0)
        job.attempts = 1
        #expect(status(&board, jobs: [job]).running.map(\.attempts) == [2])
        // One that has outlived an earlier daemon was counted then.
        #expect(status(&board, jobs: [job.starting()]).running.map(\.attempts) == [2])
    }

    @Test func `strays are told, but not the pictures of accepted jobs`() async throws {
        let keeper = try await keeper()
        try disk.createFolder(Layout.inbox / "x")
        try disk.create(Layout.inbox / "p.png", holding: [1])
        var board = StatusBoard(pid: 1, started: 0)
        board.note(try await keeper.admit(at: .zero, mayAccept: false, reserve: 0))
        let picture = "Inbox/p.png: no waiting job names it; put a job beside it that does"
        let folder = "Inbox/x: a folder without job.yaml; put job.yaml into it"
        #expect(status(&board).warnings == [picture, folder])
        var job = JobRecord(id: "1", name: "job", state: .accepted, accepted: 0)
        #expect(status(&board, jobs: [job]).warnings.isEmpty)
        job.state = .ready
        job.inputs = [.init(path: "p.png", sha256: "", bytes: 1, inode: 1, modified: 1)]
        #expect(status(&board, jobs: [job]).warnings == [folder])
    }
}
