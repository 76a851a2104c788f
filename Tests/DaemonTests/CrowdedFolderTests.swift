import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// Submitted folders with many files that no job names.
@Suite(.timeLimit(.minutes(5))) struct CrowdedFolderTests {
    private let disk = SimulatedDisk()
    private let identifiers = SimulatedDaemon.Counter()
    private static let crowd = 400

    /// Puts a folder into the Inbox of which nothing is durable yet.
    private func submit(_ files: Int, isDurable: Bool = false, bad: Bool = false) throws {
        try disk.createFolder(Layout.inbox)
        let folder = Layout.inbox / "album"
        for place in [folder, folder / "notes"] { try disk.createFolder(place) }
        try disk.create(folder / "job.yaml", holding: Array((bad ? "bad" : "*").utf8))
        try disk.create(folder / "c.png", holding: Array("picture".utf8))
        for number in 0..<files {
            try disk.create(folder / "notes" / "\(number)", holding: Array("n\(number)".utf8))
        }
        if isDurable { disk.restart(.everything) }
    }

    private func run() throws {
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
    }

    /// What was submitted is in the one result, after a power cut that takes what was not synced.
    private func expectKept(_ files: Int) throws {
        disk.restart(.nothing)
        let result = try #require(try disk.results().first)
        #expect(try disk.results().count == 1)
        #expect(try disk.text(of: result / "inputs" / "c.png") == "picture")
        let notes = result / "inputs" / "notes"
        #expect(try disk.names(in: notes).count == files)
        for number in 0..<files {
            try #require(try disk.text(of: notes / "\(number)") == "n\(number)")
        }
    }

    @Test(arguments: [false, true])
    func `are made durable in one step`(_ bad: Bool) throws {
        try submit(Self.crowd, bad: bad)
        try run()
        #expect(disk.syncs.full == 1)
        #expect(disk.syncs.single < Self.crowd / 2)
        try expectKept(Self.crowd)
    }

    @Test func `are made durable one by one where there is no such step`() throws {
        disk.syncEverything(.missing)
        try submit(Self.crowd)
        try run()
        #expect(disk.syncs.full == 0 && disk.syncs.single > Self.crowd)
        try expectKept(Self.crowd)
    }

    @Test func `are noticed to be lost where that step does nothing`() throws {
        disk.syncEverything(.lying)
        try submit(Self.crowd)
        try run()
        withKnownIssue { try expectKept(Self.crowd) }
    }

    @Test func `with few files take none of what others write along`() throws {
        try submit(20)
        try run()
        #expect(disk.syncs.full == 0)
        try expectKept(20)
    }

    @Test(arguments: [0, 1, 2])
    func `are sealed anew when that step fails`(_ count: Int) throws {
        try submit(Self.crowd, isDurable: true)
        disk.failSync(at: "000001/run.1/inputs", after: count)
        try run()
        try expectKept(Self.crowd)
    }

    @Test func `a power cut at any operation takes nothing of one away`() throws {
        var operation = 1
        var wasCut = true
        while wasCut {
            let test = CrowdedFolderTests()
            wasCut = try test.cutPower(at: operation)
            operation += 1
        }
        #expect(operation > 40)
    }

    /// - Returns: false when the daemon was done before the operation.
    private func cutPower(at operation: Int) throws -> Bool {
        try submit(Self.crowd, isDurable: true)
        let wasCut = try disk.isCut(at: operation) { try run() }
        if wasCut {
            disk.restart(.nothing)
            try run()
        }
        try expectKept(Self.crowd)
        return wasCut
    }

    @Test func `are synced on the disk of this machine too`() throws {
        try withTemporaryDirectory { root in
            let files = try LinuxFileSystem(root: root.path)
            let folder = SpoolPath.root / "folder"
            try files.createFolder(folder)
            for number in 0..<Self.crowd { try files.create(folder / "\(number)", holding: []) }
            try files.syncTree(.root, sparing: [folder])
            // Whether it can depends on the file system; a file is no folder, wherever it is.
            _ = try files.syncEverything(around: folder)
            #expect(throws: DaemonError.self) { try files.syncEverything(around: folder / "1") }
        }
    }
}
