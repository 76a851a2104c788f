import Daemon
import Glibc
import Jobs
import Testing

/// Jobs whose files are too large for what is left of the disk.
@Suite struct RoomTests {
    private let disk = SimulatedDisk()
    private let id = "20260101-000000-000001"
    private let large = String(repeating: "x", count: 6000)

    private func spool(now: Double = 1e9, first: Int = 1) -> Spool {
        let counter = SimulatedDaemon.Counter()
        counter.next = first - 1
        return Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { now },
            identify: { _ in
                counter.next += 1
                return "20260101-000000-00000\(counter.next)"
            })
    }

    /// A keeper that knows that all pictures of the Inbox are whole.
    private func keeper(_ content: [String: String]) async throws -> Keeper {
        try disk.fillInbox(content)
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let keeper = Keeper(spool: spool(), doorkeeper: doorkeeper)
        _ = try await keeper.recover()
        let first = try await keeper.admit(at: .zero, mayAccept: false, reserve: 0)
        for probe in first.review.probes { await keeper.remember(.bad([]), of: probe) }
        return keeper
    }

    private func waiting(_ admission: Admission) -> [String] {
        var board = StatusBoard(pid: 1, started: 0)
        board.note(admission)
        let scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let status = board.document(scheduler, watching: "", updated: 0, now: .zero)
        return status.waiting.map { "\($0.name) waits for \($0.waitsFor.joined(separator: ", "))" }
    }

    @Test func `a job is not taken that would use up the reserve, and the status says why`()
        async throws
    {
        let keeper = try await keeper([
            "big.yaml": "big.png", "big.png": large, "none.yaml": "nothing",
            "small.yaml": "small.png", "small.png": "small",
        ])
        disk.tellFree(10_000)
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 4001)
        #expect(first.accepted.map(\.name) == ["none", "small"])
        #expect(first.isCrowded)
        #expect(
            waiting(first) == [
                "big.yaml waits for room on the disk: copies of its files take 6 kB"
            ])
        let second = try await keeper.admit(at: .zero, mayAccept: true, reserve: 3000)
        #expect(second.accepted.map(\.name) == ["big"])
        #expect(!second.isCrowded)
    }

    @Test func `a job that fails is taken whatever its files take`() async throws {
        let keeper = try await keeper(["big.yaml": "big.png none.png", "big.png": large])
        disk.tellFree(1000)
        let early = try await keeper.admit(at: .seconds(1), mayAccept: true, reserve: 0)
        #expect(early.accepted.isEmpty)
        let late = try await keeper.admit(at: .seconds(700), mayAccept: true, reserve: 0)
        #expect(late.accepted.map(\.name) == ["big"])
    }

    @Test func `below the reserve everything that is ready waits, and the status says for what`()
        async throws
    {
        let keeper = try await keeper(["a.yaml": "a.png", "a.png": "a", "b.yaml": "bad"])
        disk.tellFree(10_000)
        let low = try await keeper.admit(at: .zero, mayAccept: true, reserve: 20_000)
        #expect(low.accepted.isEmpty && low.isCrowded && !low.hasRoom)
        let told = "room on the disk: less than 20 kB, the reserve, is free"
        #expect(waiting(low) == ["a.yaml waits for \(told)", "b.yaml waits for \(told)"])
        let high = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(high.accepted.map(\.name) == ["a", "b"])
        #expect(waiting(high).isEmpty)
    }

    @Test func `a job that an empty disk would not hold fails, and nothing of it is copied`()
        async throws
    {
        let keeper = try await keeper([
            "big.yaml": "a.png b.png", "a.png": large, "b.png": large, "small.yaml": "s.png",
            "s.png": "small",
        ])
        disk.tellTotal(12_999)
        let look = try await keeper.admit(at: .zero, mayAccept: true, reserve: 1000)
        #expect(look.accepted.map(\.name) == ["big", "small"])
        var left: JobRecord? = look.accepted.first
        while let next = left {
            #expect(try !disk.exists(Layout.inputs(next.id)))
            left = try await keeper.advance(next)
        }
        let result = try #require(try disk.results().first)
        let failure = try disk.document(JobFailure.self, at: result / "error.json")
        #expect(failure.code == "input.large")
        let words = "copies of its files take 12 kB, and the whole disk has room for 12 kB beside"
        #expect(failure.message.hasPrefix(words), "\(failure.message)")
        #expect(try disk.exists(result / "job.yaml"))
        let pictures = try disk.names(in: Layout.inbox).map(\.text)
        #expect(pictures == ["a.png", "b.png", "s.png"])
    }

    @Test(arguments: [13_000, nil])
    func `a job that an empty disk would hold waits, and one where that is not told`(
        _ total: Int?
    ) async throws {
        let keeper = try await keeper([
            "big.yaml": "a.png b.png", "a.png": large, "b.png": large,
        ])
        disk.tellTotal(total)
        disk.tellFree(10_000)
        let look = try await keeper.admit(at: .zero, mayAccept: true, reserve: 1000)
        #expect(look.accepted.isEmpty && look.isCrowded)
    }

    @Test func `a picture that no disk holds keeps no failure from ending`() throws {
        let failed = JobFailure(.job, "job.invalid", "it is bad")
        let record = try accepted(spool(), failure: failed)
        disk.tellFree(1000)
        disk.tellTotal(5000)
        var left = try spool().advance(record)
        while let next = left { left = try spool().advance(next) }
        let result = try #require(try disk.results().first)
        #expect(try disk.names(in: result / "inputs").map(\.text) == ["a.png"])
        #expect(try disk.text(of: Layout.inbox / "b.png") == large)
    }

    @Test func `a picture that has grown beyond the disk since it was taken fails its job`() throws
    {
        let record = try accepted(spool())
        disk.tellFree(1000)
        disk.tellTotal(5000)
        let next = try #require(try spool().advance(record))
        guard case .failing(let failure) = next.state else {
            Issue.record("\(next.state)")
            return
        }
        #expect((failure.code, failure.file) == ("input.large", "b.png"))
        #expect(try !disk.exists(Layout.inputs(id)))
    }

    @Test func `room is given to one job only`() async throws {
        let keeper = try await keeper([
            "a.yaml": "a.png", "a.png": large, "b.yaml": "b.png", "b.png": large,
        ])
        disk.tellFree(10_000)
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(first.accepted.map(\.name) == ["a"])
        let second = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(second.accepted.isEmpty)
        // When it has its copies, what is left is what the disk tells.
        _ = try await keeper.advance(try #require(first.accepted.first))
        let third = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(third.accepted.map(\.name) == ["b"])
    }

    @Test(arguments: ["a.png", "album/a.png"])
    func `room that an earlier daemon has promised is kept`(_ path: String) async throws {
        let isFolder = path != "a.png"
        let job = isFolder ? "album/job.yaml" : "a.yaml"
        let earlier = try await keeper([
            job: isFolder ? "*" : "a.png a.png", path: large, "b.yaml": "b.png", "b.png": large,
        ])
        disk.tellFree(10_000)
        let first = try await earlier.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(first.accepted.count == 1)
        // Here it was killed.
        let spool = spool(first: 7)
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        let keeper = Keeper(spool: spool, doorkeeper: doorkeeper)
        let record = try #require(try await keeper.recover().first)
        let probes = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0).review.probes
        for probe in probes { await keeper.remember(.bad([]), of: probe) }
        let second = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(second.accepted.isEmpty && second.isCrowded)
        _ = try await keeper.advance(record)
        let third = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(third.accepted.map(\.name) == ["b"])
    }

    /// A flat job that is accepted, and names two pictures.
    private func accepted(_ spool: Spool, failure: JobFailure? = nil) throws -> JobRecord {
        try disk.fillInbox(["a.yaml": "a.png b.png", "a.png": "picture", "b.png": large])
        _ = try spool.recover()
        let submission = Submission(name: FileName("a.yaml"), isFolder: false)
        return try #require(try spool.accept(submission, failure: failure))
    }

    @Test func `nothing stays of copies that could not be made to their end`() throws {
        let spool = spool()
        let record = try accepted(spool)
        disk.fill(1, at: "in/b.png")
        let full = #expect(throws: DaemonError.self) { try spool.advance(record) }
        #expect(full?.code == ENOSPC)
        #expect(try !disk.exists(Layout.inputs(id)))
        // Not even begun is what cannot fit.
        disk.tellFree(5999)
        let small = #expect(throws: DaemonError.self) { try spool.advance(record) }
        #expect(small?.code == ENOSPC)
        #expect(try !disk.exists(Layout.inputs(id)))
        disk.tellFree(6000)
        #expect(try spool.advance(record)?.state == .ready)
    }

    @Test func `a cancelled job gives its room back before that is written down`() throws {
        let spool = spool()
        let record = try accepted(spool)
        // A daemon was killed in the middle of a copy.
        try disk.createFolder(Layout.inputs(id))
        try disk.create(Layout.inputs(id) / "a.png", holding: Array("pic".utf8))
        disk.fill(1, at: "state.json")
        #expect(throws: DaemonError.self) { try spool.cancel(record) }
        #expect(try !disk.exists(Layout.inputs(id)))
        #expect(try spool.cancel(record).state == .failing(.cancelled))
    }

    @Test func `a picture that does not fit into a failure stays, without filling the disk`() throws
    {
        let failed = JobFailure(.job, "job.invalid", "it is bad")
        let record = try accepted(spool(), failure: failed)
        disk.tellFree(1000)
        #expect(throws: DaemonError.self) { try spool().advance(record) }
        #expect(try !disk.exists(Layout.inputs(id)))
        // Five minutes later the failure ends without it.
        var left = try spool(now: 1e9 + 301).advance(record)
        while let next = left { left = try spool(now: 1e9 + 301).advance(next) }
        let result = try #require(try disk.results().first)
        #expect(try disk.names(in: result / "inputs").map(\.text) == ["a.png"])
        #expect(try disk.names(in: Layout.inbox).map(\.text) == ["b.png"])
    }

    @Test func `a record that could not be synced does not outlive its copies`() throws {
        let spool = spool()
        let record = try accepted(spool)
        // The folder of the job, when the record that tells of the copies has its name.
        disk.failSync(at: id, after: 8)
        #expect(throws: DaemonError.self) { try spool.advance(record) }
        let stored = try disk.document(JobRecord.self, at: Layout.state(id))
        #expect(stored.state == .accepted)
        #expect(stored.inputs.isEmpty)
        #expect(try !disk.exists(Layout.inputs(id)))
        #expect(try spool.advance(record)?.state == .ready)
    }
}
