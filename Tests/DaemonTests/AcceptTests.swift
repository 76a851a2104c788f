import Daemon
import Glibc
import Jobs
import Testing

/// What is left when a submission cannot be taken.
@Suite struct AcceptTests {
    private let disk = SimulatedDisk()
    private let submission = Submission(name: FileName("a.yaml"), isFolder: false)

    /// A spool with one submission in its Inbox.
    private func spool() throws -> Spool {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
        _ = try spool.recover()
        try disk.create(Layout.inbox / "a.yaml", holding: Array("nothing".utf8))
        return spool
    }

    @Test(arguments: 0..<2) func `a disk that is full leaves no empty jobs behind`(
        _ room: Int
    ) throws {
        let spool = try spool()
        disk.leaveRoom(for: room)
        for _ in 0..<3 {
            let error = #expect(throws: DaemonError.self) { try spool.accept(submission) }
            #expect(error?.code == ENOSPC)
            #expect(try disk.names(in: Layout.jobs).isEmpty)
            disk.leaveRoom(for: room)
        }
        disk.leaveRoom(for: nil)
        #expect(try spool.accept(submission)?.state == .accepted)
    }

    @Test func `a submission that cannot be moved stays, and the error names it`() throws {
        let spool = try spool()
        disk.lock(Layout.inbox / "a.yaml", .immovable)
        let error = #expect(throws: DaemonError.self) { try spool.accept(submission) }
        #expect(error?.description.hasPrefix("cannot take Inbox/a.yaml: permission denied") == true)
        #expect(try disk.names(in: Layout.jobs).isEmpty)
        #expect(try disk.exists(Layout.inbox / "a.yaml"))
    }

    @Test(arguments: [false, true]) func `a folder with job yml goes all the way`(
        _ keepsInputs: Bool
    ) throws {
        try disk.createFolder(Layout.inbox)
        try disk.createFolder(Layout.inbox / "album")
        try disk.create(Layout.inbox / "album" / "job.yml", holding: Array("*".utf8))
        try disk.create(Layout.inbox / "album" / "a.png", holding: Array("picture".utf8))
        let settings = SpoolSettings(keepsInputs: keepsInputs)
        try SimulatedDaemon(disk: disk, identifiers: .init(), settings: settings).run()
        let folder = Layout.outbox / (try #require(try disk.names(in: Layout.outbox).first))
        #expect(try disk.read(folder / "job.yaml", limit: 10) == Array("*".utf8))
        #expect(try disk.exists(folder / "inputs" / "a.png"))
        #expect(try disk.exists(folder / "result.json"))
        #expect(try disk.exists(Layout.inbox / "album") == keepsInputs)
    }

    @Test func `a submission that has gone is none`() throws {
        let spool = try spool()
        try disk.remove(Layout.inbox / "a.yaml")
        #expect(try spool.accept(submission) == nil)
        #expect(try disk.names(in: Layout.jobs).isEmpty)
    }
}
