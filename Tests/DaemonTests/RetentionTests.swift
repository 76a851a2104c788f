import Daemon
import Jobs
import Testing

/// How old results leave the Outbox, on a simulated disk whose clock stands at 10⁹ seconds.
@Suite struct RetentionTests {
    private let disk = SimulatedDisk()

    private func spool(results: Duration?, inputs: Duration?, now: Double) -> Spool {
        Spool(
            files: disk, inspector: PlainInspector(),
            settings: SpoolSettings(keepResults: results, keepInputs: inputs), now: { now },
            identify: { _ in "20260101-000000-000001" })
    }

    private func makeResult(_ name: String, with last: String) throws {
        let folder = Layout.outbox / name
        try disk.createFolder(folder)
        try disk.createFolder(folder / "inputs")
        try disk.create(folder / "inputs" / "p.png", holding: Array("picture".utf8))
        let manifest =
            #"{"version": 1, "job": "a", "id": "i", "files": [\#(entry("inputs/p.png")), \#(entry("log.txt"))]}"#
        try disk.create(folder / "log.txt", holding: [1])
        try disk.create(folder / last, holding: Array(manifest.utf8))
    }

    private func entry(_ path: String) -> String {
        #"{"path": "\#(path)", "sha256": "", "bytes": 1}"#
    }

    /// How old the files of the simulated disk are at this time.
    private func start() throws -> Double {
        try disk.createFolder(Layout.outbox)
        try disk.createFolder(Layout.work)
        try disk.createFolder(Layout.done)
        try makeResult("a--20260101-000000-00000a", with: "manifest.json")
        try makeResult("b--20260101-000000-00000b.failed", with: "error.json")
        try disk.createFolder(Layout.outbox / "mine")
        let stamp = try disk.stamp(
            of: Layout.outbox / "a--20260101-000000-00000a" / "manifest.json")
        return Double(stamp?.modified ?? 0) / 1e9
    }

    @Test func `results go when they are old, and nothing else does`() throws {
        let born = try start()
        let young = spool(results: .seconds(3600), inputs: nil, now: born + 3000)
        #expect(try young.removeOldResults().removed.isEmpty)
        let old = spool(results: .seconds(3600), inputs: nil, now: born + 4000)
        #expect(try old.removeOldResults().removed.count == 2)
        #expect(try disk.names(in: Layout.outbox).map(\.text) == ["mine"])
        #expect(try disk.names(in: Layout.done).isEmpty)
    }

    @Test func `without a limit everything stays`() throws {
        let born = try start()
        let spool = spool(results: nil, inputs: nil, now: born + 1e9)
        #expect(try spool.removeOldResults().removed.isEmpty)
        #expect(try disk.names(in: Layout.outbox).count == 3)
    }

    @Test func `pictures go before the result, which no longer lists them`() throws {
        let born = try start()
        let spool = spool(results: nil, inputs: .seconds(60), now: born + 61)
        #expect(try spool.removeOldResults().removed == ["a--20260101-000000-00000a/inputs"])
        let folder = Layout.outbox / "a--20260101-000000-00000a"
        #expect(try !disk.exists(folder / "inputs"))
        let manifest = try disk.document(Manifest.self, at: folder / "manifest.json")
        #expect(manifest.files.map(\.path) == ["log.txt"])
        // What a failed job was made of stays as long as its result.
        #expect(
            try disk.exists(Layout.outbox / "b--20260101-000000-00000b.failed" / "inputs" / "p.png")
        )
        #expect(try spool.removeOldResults().removed.isEmpty)
    }

    @Test func `a result without its pictures goes when it is old, and not later`() throws {
        let born = try start()
        let half = spool(results: .seconds(3600), inputs: .seconds(60), now: born + 100)
        #expect(try half.removeOldResults().removed.count == 1)
        let old = spool(results: .seconds(3600), inputs: .seconds(60), now: born + 3601)
        #expect(try old.removeOldResults().removed.count == 2)
    }

    @Test func `the age counts from when the daemon put the result together`() throws {
        try disk.createFolder(Layout.outbox)
        for folder in [Layout.work, Layout.done] { try disk.createFolder(folder) }
        let folder = Layout.outbox / "a--20260101-000000-00000a"
        try disk.createFolder(folder)
        try disk.create(folder / "result.json", holding: [1])
        let written = Double(try disk.stamp(of: folder / "result.json")?.modified ?? 0) / 1e9
        for number in 0..<9 { try disk.create(folder / "restored-\(number)", holding: [1]) }
        try disk.create(folder / "log.txt", holding: [1])
        try disk.create(folder / "manifest.json", holding: [1])
        let limit = Duration.nanoseconds(5)
        let early = spool(results: limit, inputs: nil, now: written + 6e-9)
        #expect(try early.removeOldResults().removed.isEmpty)
        let late = spool(results: limit, inputs: nil, now: written + 1)
        #expect(try late.removeOldResults().removed.count == 1)
    }

    @Test func `a damaged result keeps no other`() throws {
        let born = try start()
        let damaged = Layout.outbox / "a--20260101-000000-00000a" / "manifest.json"
        try disk.removeTree(damaged)
        try disk.create(damaged, holding: Array("{".utf8))
        try makeResult("c--20260101-000000-00000c", with: "manifest.json")
        let spool = spool(results: nil, inputs: .seconds(60), now: born + 100)
        let (removed, left) = try spool.removeOldResults()
        #expect(removed == ["c--20260101-000000-00000c/inputs"])
        #expect(left.map(\.path) == [Layout.outbox / "a--20260101-000000-00000a"])
    }

    @Test(arguments: [false, true])
    func `what users have closed stays, and keeps no daemon from starting`(_ whole: Bool) throws {
        let born = try start()
        let closed = Layout.outbox / "a--20260101-000000-00000a" / "inputs" / "closed"
        try disk.createFolder(closed)
        try disk.create(closed / "x.png", holding: [1])
        disk.lock(closed)
        let limit = Duration.seconds(60)
        let spool = spool(results: whole ? limit : nil, inputs: limit, now: born + 100)
        let (removed, left) = try spool.removeOldResults()
        #expect(removed.contains { $0.hasPrefix("a--") })
        #expect(left.isEmpty)
        #expect(try !disk.exists(Layout.outbox / "a--20260101-000000-00000a" / "inputs"))
        #expect(try spool.recover().isEmpty)
        #expect(try spool.removeOldWork().map(\.path.last?.text) == ["closed"])
    }
}
