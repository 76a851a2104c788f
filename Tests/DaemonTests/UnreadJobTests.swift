import Daemon
import Glibc
import Jobs
import Testing

/// A job of an earlier daemon that the disk does not give.
@Suite struct UnreadJobTests {
    private let disk = SimulatedDisk()
    private let bad = "20260101-000000-000001"
    private let good = "20260101-000000-000002"

    private var spool: Spool {
        Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000009" })
    }

    /// Leaves two jobs that name one picture, ready to be worked on.
    private func leaveJobs(_ state: JobState = .ready) throws {
        try disk.fillInbox(["a.yaml": "p.png", "b.yaml": "p.png", "p.png": "picture"])
        _ = try spool.recover()
        for (id, name) in [(bad, "a.yaml"), (good, "b.yaml")] {
            let spool = Spool(
                files: disk, inspector: PlainInspector(), settings: SpoolSettings(),
                now: { 1e9 }, identify: { _ in id })
            let submission = Submission(name: FileName(name), isFolder: false)
            let record = try #require(try spool.accept(submission))
            if id == bad, state == .accepted {
                try disk.create(
                    Layout.state(id), holding: Array(#"{"half": "of it"}"#.utf8))
            } else {
                _ = try spool.advance(record)
            }
        }
        disk.damage(Layout.state(bad))
    }

    private func keeper() -> Keeper {
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        return Keeper(spool: spool, doorkeeper: doorkeeper)
    }

    @Test func `one job that cannot be read keeps no other, and is left as it is`() throws {
        try leaveJobs()
        let recovery = try spool.recovery()
        #expect(recovery.records.map(\.id) == [good])
        #expect(recovery.unread.mapValues(\.code) == [bad: EIO])
        disk.lock(Layout.state(bad), nil)
        #expect(try spool.recover().map(\.id) == [bad, good])
    }

    @Test func `it is told, and tried again now and then`() async throws {
        try leaveJobs()
        let keeper = keeper()
        #expect(try await keeper.recover().map(\.id) == [good])
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(first.found.isEmpty)
        let told = try #require(first.unread.first)
        #expect(told.hasPrefix("job \(bad) is left as it is until it can be read: cannot read"))
        var board = StatusBoard(pid: 1, started: 0)
        board.note(first)
        let scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let status = board.document(scheduler, watching: "", updated: 0, now: .zero)
        #expect(status.warnings.contains(told))
        disk.lock(Layout.state(bad), nil)
        let early = try await keeper.admit(at: .seconds(29), mayAccept: true, reserve: 0)
        #expect(early.found.isEmpty && early.unread == [told])
        let late = try await keeper.admit(at: .seconds(30), mayAccept: true, reserve: 0)
        #expect(late.found.map(\.id) == [bad])
        #expect(late.unread.isEmpty)
    }

    @Test func `what users ask of it is kept until it can be read`() async throws {
        try leaveJobs()
        let keeper = keeper()
        _ = try await keeper.recover()
        let wish = JobWish(.cancel, bad)
        try disk.create(wish.path, holding: [])
        #expect(await keeper.wishes() == [wish])
        _ = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(await keeper.wishes() == [wish])
        disk.lock(Layout.state(bad), nil)
        let late = try await keeper.admit(at: .seconds(30), mayAccept: true, reserve: 0)
        let found = try #require(late.found.first)
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let effects = scheduler.handle(.arrived(found, isCancelled: true), at: .zero)
        #expect(effects == [.cancel(found)])
        var left: JobRecord? = try await keeper.cancel(found)
        while let next = left { left = try await keeper.advance(next) }
        #expect(await keeper.wishes() == [])
    }

    @Test(arguments: [false, true])
    func `nothing is taken away from a job that cannot be read, and others end`(
        _ isFolder: Bool
    ) async throws {
        try leaveJobs(.accepted)
        if isFolder { disk.damage(Layout.job(bad)) }
        let keeper = keeper()
        var record = try #require(try await keeper.recover().first)
        record = try await keeper.begin(record)
        let failure = JobFailure(.job, "numerics", "it failed")
        var left: JobRecord? = try await keeper.end(record, AttemptReport(.failed(failure)))
        while let next = left { left = try await keeper.advance(next) }
        #expect(try disk.results().count == 1)
        #expect(try disk.text(of: Layout.inbox / "p.png") == "picture")
    }

    @Test func `a job file in the Inbox that the disk does not give keeps no job from ending`()
        async throws
    {
        try disk.fillInbox(["bad.yaml": "p.png", "good.yaml": "p.png", "p.png": "picture"])
        disk.damage(Layout.inbox / "bad.yaml")
        let keeper = keeper()
        _ = try await keeper.recover()
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        for probe in first.review.probes { await keeper.remember(.bad([]), of: probe) }
        let look = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        var board = StatusBoard(pid: 1, started: 0)
        board.note(look)
        let scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let status = board.document(scheduler, watching: "", updated: 0, now: .zero)
        let told = try #require(status.waiting.first?.waitsFor.first)
        #expect(told.contains("cannot read Inbox/bad.yaml") && told.contains("stay in the Inbox"))
        #expect(status.warnings.isEmpty)
        let accepted = try #require(look.accepted.first)
        var record = try #require(try await keeper.advance(accepted))
        record = try await keeper.begin(record)
        let failure = JobFailure(.job, "numerics", "it failed")
        var left: JobRecord? = try await keeper.end(record, AttemptReport(.failed(failure)))
        while let next = left { left = try await keeper.advance(next) }
        let result = try #require(try disk.results().first)
        #expect(try disk.text(of: result / "inputs" / "p.png") == "picture")
        // The other job gets it, when its file can be read.
        #expect(try disk.text(of: Layout.inbox / "p.png") == "picture")
        disk.lock(Layout.inbox / "bad.yaml", nil)
        let later = try await keeper.admit(at: .seconds(1), mayAccept: true, reserve: 0)
        #expect(later.review.probes.map(\.submission.name.text) == ["bad.yaml"])
    }

    @Test func `a full disk leaves jobs for later that cannot be written`() throws {
        try leaveJobs()
        disk.lock(Layout.state(bad), nil)
        let ready = try #require(try spool.recover().first { $0.id == bad })
        _ = try spool.begin(ready)
        disk.fill(1, at: "state.json")
        let recovery = try spool.recovery()
        #expect(recovery.records.map(\.id) == [good])
        #expect(recovery.unread.mapValues(\.code) == [bad: ENOSPC])
        #expect(try spool.recover().first { $0.id == bad }?.interruptions == 1)
    }
}
