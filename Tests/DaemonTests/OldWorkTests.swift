import Daemon
import Foundation
import Jobs
import Testing

/// What becomes of the working files of jobs that ended long ago.
@Suite struct OldWorkTests {
    private let disk = SimulatedDisk()
    private let work = Layout.done / "20260101-000000-000001"

    /// A spool long after a job has ended for which `x.png` was taken from the Inbox.
    private func spool(_ path: String = "x.png") throws -> Spool {
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
                path: path, sha256: "", bytes: stamp.bytes, inode: stamp.inode,
                modified: stamp.modified)
        ]
        try disk.create(
            work / "state.json", holding: [UInt8](JSONEncoder().encode(record)))
        return spool
    }

    /// Lets somebody write on in what was taken.
    private func writeOn() throws {
        try disk.removeTree(work / "taken" / "0")
        try disk.create(work / "taken" / "0", holding: Array("half and half".utf8))
    }

    @Test func `what goes back where its name has no room gets a shorter one`() throws {
        let long = String(repeating: "l", count: 240) + ".png"
        let spool = try spool(long)
        try writeOn()
        try disk.create(Layout.inbox / FileName(long), holding: Array("new".utf8))
        #expect(try spool.removeOldWork().isEmpty)
        let names = try disk.names(in: Layout.inbox).map(\.text)
        let back = try #require(names.first { $0.hasPrefix("20260101-000000-000001--l") })
        #expect(back.hasSuffix("l.png") && back.utf8.count < 255)
    }

    @Test func `what goes back to a folder that was closed is put beside it`() throws {
        let spool = try spool("d/x.png")
        try writeOn()
        try disk.createFolder(Layout.inbox / "d")
        disk.lock(Layout.inbox / "d")
        #expect(try spool.removeOldWork().isEmpty)
        let back = Layout.inbox / "20260101-000000-000001--x.png"
        #expect(try disk.read(back, limit: 100) == Array("half and half".utf8))
    }

    @Test func `of many files that cannot be removed one is told`() throws {
        let spool = try spool()
        for folder in ["a", "b"] {
            try disk.createFolder(work / FileName(folder))
            try disk.create(work / FileName(folder) / "x", holding: [1])
            disk.lock(work / FileName(folder))
        }
        let left = try spool.removeOldWork()
        #expect(left.count == 1)
        #expect(left.first?.reason.hasSuffix("(and 1 more)") == true)
    }

    @Test func `the check of renames touches nothing of anybody's`() throws {
        _ = try spool()
        try disk.create(Layout.inbox / ".probe", holding: Array("mine".utf8))
        try disk.createFolder(Layout.inbox / ".sluice-probe-x")
        try disk.create(Layout.inbox / ".sluice-probe-y", holding: [])
        try disk.create(Layout.inbox / ".sluice-probe-z", holding: Array("mine".utf8))
        let other = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 0 },
            identify: { _ in "20260101-000000-000002" })
        _ = try other.recover()
        #expect(
            try disk.names(in: Layout.inbox).map(\.text)
                == [".probe", ".sluice-probe-x", ".sluice-probe-z"])
        #expect(try disk.names(in: Layout.outbox).isEmpty)
    }

    @Test func `what was taken and left alone goes with the rest`() throws {
        let spool = try spool()
        #expect(try spool.removeOldWork().isEmpty)
        #expect(try !disk.exists(work))
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test(arguments: [false, true])
    func `what somebody has gone on writing goes back into the Inbox`(_ isTaken: Bool) throws {
        let spool = try spool()
        try writeOn()
        if isTaken { try disk.create(Layout.inbox / "x.png", holding: Array("new".utf8)) }
        #expect(try spool.removeOldWork().isEmpty)
        #expect(try !disk.exists(work))
        let name = isTaken ? "20260101-000000-000001--x.png" : "x.png"
        #expect(
            try disk.read(Layout.inbox / FileName(name), limit: 100) == Array("half and half".utf8))
        if isTaken {
            #expect(try disk.read(Layout.inbox / "x.png", limit: 100) == Array("new".utf8))
        }
    }
}
