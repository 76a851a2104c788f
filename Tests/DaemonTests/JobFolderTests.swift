import Daemon
import Jobs
import Testing

/// A job file that names a picture in the folder of another job, which still waits.
@Suite struct JobFolderTests {
    private let disk = SimulatedDisk()
    private let identifiers = SimulatedDaemon.Counter()

    private func run(_ content: [String: String]) throws {
        try disk.fillInbox(content)
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
    }

    @Test(arguments: ["job.yaml", "JOB.YML"])
    func `a picture in the folder of a waiting job stays there`(_ jobFile: String) throws {
        try run([
            "flat.yaml": "sub/p.png", "sub/p.png": "picture p", "sub/\(jobFile)": "p.png q.png",
        ])
        #expect(try disk.results().count == 1)
        #expect(try disk.text(of: Layout.inbox / "sub" / "p.png") == "picture p")
        // Then the rest of the other job comes.
        try run(["sub/q.png": "picture q"])
        let results = try disk.results()
        #expect(results.count == 2)
        for result in results {
            #expect(!(result.last?.hasSuffix(".failed") ?? true))
            let name = result.last?.hasPrefix("flat") == true ? "sub/p.png" : "p.png"
            let picture = try #require(result.beneath("inputs/\(name)"))
            #expect(try disk.text(of: picture) == "picture p")
        }
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test func `a folder waits for a job file that names a picture in it`() throws {
        try run(["zz.yaml": "sub/p.png", "sub/p.png": "picture p", "sub/job.yaml": "p.png"])
        #expect(try disk.results().compactMap(\.last).map { $0.hasPrefix("zz--") } == [true])
        try run([:])
        let results = try disk.results()
        #expect(results.count == 2)
        for result in results {
            #expect(!(result.last?.hasSuffix(".failed") ?? true))
            let name = result.last?.hasPrefix("zz") == true ? "sub/p.png" : "p.png"
            let picture = try #require(result.beneath("inputs/\(name)"))
            #expect(try disk.text(of: picture) == "picture p")
        }
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    private func keeper() -> Keeper {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { [identifiers] _ in
                identifiers.next += 1
                return "20260101-000000-00000\(identifiers.next)"
            })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        return Keeper(spool: spool, doorkeeper: doorkeeper)
    }

    /// A look after which all pictures are known to be whole.
    private func look(_ keeper: Keeper) async throws -> Admission {
        let first = try await keeper.admit(at: .zero, mayAccept: false, reserve: 0)
        for probe in first.review.probes { await keeper.remember(.bad([]), of: probe) }
        return try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
    }

    private func verdict(_ admission: Admission) -> Verdict? {
        admission.review.decisions.first { $0.submission.isFolder }?.verdict
    }

    @Test(arguments: [false, true])
    func `it waits until that job has copies, over a restart too, and the status says so`(
        _ restarts: Bool
    ) async throws {
        try disk.fillInbox([
            "zz.yaml": "sub/p.png", "sub/p.png": "picture p", "sub/job.yaml": "p.png",
        ])
        var keeper = keeper()
        _ = try await keeper.recover()
        let first = try await look(keeper)
        #expect(first.accepted.map(\.name) == ["zz"])
        #expect(verdict(first) == .held(by: "zz.yaml"))
        if restarts {
            keeper = self.keeper()
            #expect(try await keeper.recover().map(\.name) == ["zz"])
        }
        let second = try await look(keeper)
        #expect(second.accepted.isEmpty && verdict(second) == .held(by: "zz"))
        var board = StatusBoard(pid: 1, started: 0)
        board.note(second)
        let status = board.document(
            Scheduler(slots: 1, retry: RetryPolicy()), watching: "", updated: 0, now: .zero)
        let told = try #require(status.waiting.first { $0.name == "sub" })
        #expect(told.waitsFor == ["zz, which names files in it, to have copies of them"])
        let record = try #require(first.accepted.first)
        #expect(try await keeper.advance(record)?.state == .ready)
        #expect(try await look(keeper).accepted.map(\.name) == ["sub"])
    }

    @Test func `a job file that waits holds a folder back for no longer than it may wait`() throws {
        try disk.fillInbox([
            "zz.yaml": "sub/p.png other.png", "sub/p.png": "picture p", "sub/job.yaml": "p.png",
        ])
        var doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(),
            patience: Patience(quiet: .zero, inputs: .seconds(60)))
        for probe in try doorkeeper.look(at: .zero).probes { doorkeeper.remember([], of: probe) }
        func verdict(at seconds: Int) throws -> Verdict? {
            try doorkeeper.look(at: .seconds(seconds)).decisions.first(
                where: \.submission.isFolder)?
                .verdict
        }
        #expect(try verdict(at: 1) == .held(by: "zz.yaml"))
        #expect(try verdict(at: 59) == .held(by: "zz.yaml"))
        #expect(try verdict(at: 61) == .accept(nil))
    }

    @Test func `a job file that names what is not there holds no folder back`() throws {
        try disk.fillInbox([
            "zz.yaml": "sub/x.png", "sub/p.png": "picture p", "sub/job.yaml": "p.png",
        ])
        var doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        for probe in try doorkeeper.look(at: .zero).probes { doorkeeper.remember([], of: probe) }
        let decisions = try doorkeeper.look(at: .zero).decisions
        #expect(decisions.first(where: \.submission.isFolder)?.verdict == .accept(nil))
    }

    @Test func `a picture in a folder that is no job leaves with the job that names it`() throws {
        try run(["flat.yaml": "sub/p.png", "sub/p.png": "picture p", "sub/deep/job.yaml": "x.png"])
        #expect(try disk.results().count == 1)
        #expect(try disk.names(in: Layout.inbox / "sub").map(\.text) == ["deep"])
    }
}
