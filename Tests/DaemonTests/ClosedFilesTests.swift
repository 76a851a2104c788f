import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// G1 for jobs with files that the daemon can no longer read once they are accepted.
@Suite struct ClosedFilesTests {
    private let disk = SimulatedDisk()
    private let id = "20260101-000000-000001"

    private func fillInbox() throws {
        try disk.createFolder(Layout.inbox)
        for folder in ["album", "album/notes"] {
            try disk.createFolder(try #require(Layout.inbox.beneath(folder)))
        }
        let content = [
            "album/job.yaml": "*", "album/c.png": "picture", "album/note.txt": "a note",
            "album/notes/more.txt": "another",
        ]
        for (path, text) in content {
            try disk.create(try #require(Layout.inbox.beneath(path)), holding: Array(text.utf8))
        }
    }

    private func text(_ path: SpoolPath) throws -> String {
        String(decoding: try disk.read(path, limit: 1 << 20), as: UTF8.self)
    }

    /// The one result, with nothing left to do.
    private func result() throws -> SpoolPath {
        #expect(try disk.names(in: Layout.jobs).isEmpty)
        let results = try disk.names(in: Layout.outbox)
        #expect(results.count == 1)
        return Layout.outbox / (try #require(results.first))
    }

    @Test(arguments: [AttemptOutcome?.none, .failed(JobFailure(.job, "numerics", ""))])
    func `what is closed after the job was accepted is left out, and the log says so`(
        _ outcome: AttemptOutcome?
    ) throws {
        try fillInbox()
        let album = Layout.submitted(id) / "album"
        var daemon = SimulatedDaemon(disk: disk, identifiers: .init())
        daemon.outcomes["album"] = outcome
        try daemon.run {
            disk.lock(album / "note.txt")
            disk.lock(album / "notes")
        }
        let folder = try result()
        let log = try text(folder / "log.txt")
        #expect(log.contains("inputs/note.txt could not be read: permission denied"))
        #expect(log.contains("inputs/notes could not be read: permission denied"))
        #expect(try disk.exists(folder / "inputs" / "note.txt"))
        guard outcome == nil else { return }
        let manifest = try disk.document(Manifest.self, at: folder / "manifest.json")
        #expect(
            manifest.files.map(\.path).filter { $0.hasPrefix("inputs/") } == [
                "inputs/c.png", "inputs/job.yaml",
            ])
    }

    @Test func `a folder that may not be listed any more is published unread`() throws {
        try fillInbox()
        try SimulatedDaemon(disk: disk, identifiers: .init()).run {
            disk.lock(Layout.submitted(id) / "album")
        }
        let folder = try result()
        #expect(
            try text(folder / "log.txt").contains("inputs could not be read: permission denied"))
        let manifest = try disk.document(Manifest.self, at: folder / "manifest.json")
        #expect(!manifest.files.contains { $0.path.hasPrefix("inputs/") })
        #expect(manifest.files.contains { $0.path == "result.json" })
    }

    @Test func `what a job does not name is hashed up to a limit, and the log says so`() throws {
        try fillInbox()
        var settings = SpoolSettings()
        settings.hashed = "*".utf8.count + "another".utf8.count
        try disk.create(Layout.inbox / "album" / "large.raw", holding: Array("a raw picture".utf8))
        try SimulatedDaemon(disk: disk, identifiers: .init(), settings: settings).run()
        let folder = try result()
        let manifest = try disk.document(Manifest.self, at: folder / "manifest.json")
        #expect(
            manifest.files.map(\.path).filter { $0.hasPrefix("inputs/") } == [
                "inputs/c.png", "inputs/job.yaml", "inputs/note.txt",
            ])
        let log = try text(folder / "log.txt")
        for name in ["large.raw", "notes/more.txt"] {
            #expect(try disk.exists(try #require((folder / "inputs").beneath(name))))
            #expect(log.contains("inputs/\(name) is not in the manifest: the job does not name it"))
        }
    }

    @Test(arguments: ["album", "one.yaml"])
    func `a job that is closed right after it was accepted fails`(_ name: String) throws {
        try fillInbox()
        try disk.create(Layout.inbox / "one.yaml", holding: Array("nothing".utf8))
        let id = id
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in id })
        _ = try spool.recover()
        let submission = Submission(name: FileName(name), isFolder: name == "album")
        _ = try spool.accept(submission)
        disk.lock(Layout.submitted(id) / name)
        var record = try spool.recover().first
        #expect(record != nil)
        for _ in 0..<10 {
            guard let next = record else { break }
            record = try spool.advance(next)
        }
        let folder = try result()
        let failure = try disk.document(JobFailure.self, at: folder / "error.json")
        #expect(failure.code == "input.refused")
        let closed = folder / (name == "album" ? "inputs" : "job.yaml")
        #expect(try disk.exists(closed))
        #expect(try text(folder / "log.txt").contains("could not be read: permission denied"))
    }

    @Test func `a picture that may not be moved stays, and its job ends`() throws {
        try disk.createFolder(Layout.inbox)
        try disk.create(Layout.inbox / "a.png", holding: Array("picture".utf8))
        try disk.create(Layout.inbox / "one.yaml", holding: Array("a.png".utf8))
        disk.lock(Layout.inbox / "a.png", .immovable)
        try SimulatedDaemon(disk: disk, identifiers: .init()).run()
        #expect(try text(try result() / "inputs" / "a.png") == "picture")
        #expect(try disk.names(in: Layout.inbox).map(\.text) == ["a.png"])
    }

    @Test func `a tree that is too deep is an obstacle and no fault of the machine`() throws {
        try withTemporaryDirectory { root in
            let name = String(repeating: "d", count: 250)
            var folder = open(root.path, O_RDONLY | O_DIRECTORY)
            for _ in 0..<20 {
                mkdirat(folder, name, 0o755)
                let next = openat(folder, name, O_RDONLY | O_DIRECTORY)
                close(folder)
                folder = next
            }
            close(folder)
            let files = try LinuxFileSystem(root: root.path)
            let obstacles = try files.obstacles(in: .root / name)
            #expect(obstacles.map(\.reason) == ["its path is too long"])
            try files.syncTree(.root, sparing: [.root / name])
            // Foundation cannot remove what is so deep.
            let removal = try Process.run(
                URL(filePath: "/bin/rm"), arguments: ["-r", "\(root.path)/\(name)"])
            removal.waitUntilExit()
        }
    }
}
