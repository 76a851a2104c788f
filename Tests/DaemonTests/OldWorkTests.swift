import Daemon
import Foundation
import Jobs
import Testing

/// What becomes of the working files of jobs that ended long ago.
@Suite struct OldWorkTests {
    private let disk = SimulatedDisk()
    private let work = Layout.done / "20260101-000000-000001"

    /// A spool long after a job has ended for which `x.png` was taken from the Inbox.
    private func spool() throws -> Spool {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 4e9 },
            identify: { _ in "20260101-000000-000001" })
        _ = try spool.recover()
        try disk.createFolder(work)
        try disk.createFolder(work / "taken")
        try disk.create(work / "taken" / "0", holding: Array("half".utf8))
        let stamp = try #require(try disk.stamp(of: work / "taken" / "0"))
        var record = JobRecord(
            id: "20260101-000000-000001", name: "a", state: .done(result: "a--b"), accepted: 0)
        record.inputs = [
            JobRecord.Input(
                path: "x.png", sha256: "", bytes: stamp.bytes, inode: stamp.inode,
                modified: stamp.modified)
        ]
        try disk.create(
            work / "state.json", holding: [UInt8](JSONEncoder().encode(record)))
        return spool
    }

    @Test func `what was taken and left alone goes with the rest`() throws {
        let spool = try spool()
        try spool.removeOldWork()
        #expect(try !disk.exists(work))
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test(arguments: [false, true])
    func `what somebody has gone on writing goes back into the Inbox`(_ isTaken: Bool) throws {
        let spool = try spool()
        try disk.removeTree(work / "taken" / "0")
        try disk.create(work / "taken" / "0", holding: Array("half and half".utf8))
        if isTaken { try disk.create(Layout.inbox / "x.png", holding: Array("new".utf8)) }
        try spool.removeOldWork()
        #expect(try !disk.exists(work))
        let name = isTaken ? "20260101-000000-000001--x.png" : "x.png"
        #expect(
            try disk.read(Layout.inbox / FileName(name), limit: 100) == Array("half and half".utf8))
        if isTaken {
            #expect(try disk.read(Layout.inbox / "x.png", limit: 100) == Array("new".utf8))
        }
    }
}
