import Daemon
import Jobs
import Testing

/// What a result holds of the pictures that came in a folder with their job.
@Suite struct FolderInputTests {
    private let disk = SimulatedDisk()
    private let id = "20260101-000000-000001"
    private let identifiers = SimulatedDaemon.Counter()

    private var submitted: SpoolPath { Layout.submitted(id) / "album" }

    /// Runs a folder with one picture to its end; `change` is called once it is copied.
    private func run(_ picture: String, change: () -> Void) throws -> SpoolPath {
        try disk.fillInbox(["album/job.yaml": picture, "album/\(picture)": "picture"])
        var isChanged = false
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run {
            guard !isChanged, try disk.exists(Layout.state(id)), isReady() else { return }
            isChanged = true
            change()
        }
        try #require(isChanged)
        return try #require(try disk.results().first)
    }

    private func isReady() -> Bool {
        let record = try? disk.document(JobRecord.self, at: Layout.state(id))
        return record?.state == .ready
    }

    @Test(arguments: ["c.png", "in/c.png"])
    func `a picture that is written to after it was copied is published as it was solved`(
        _ name: String
    ) throws {
        let result = try run(name) {
            disk.append(" and more", to: submitted.beneath(name) ?? submitted)
        }
        let picture = try #require(result.beneath("inputs/\(name)"))
        #expect(try disk.text(of: picture) == "picture")
        #expect(try disk.text(of: result / "inputs" / "job.yaml") == name)
        let manifest = try disk.document(Manifest.self, at: result / "manifest.json")
        let entry = manifest.files.first { $0.path == "inputs/\(name)" }
        #expect(entry?.sha256 == SimulatedDisk.digest(Array("picture".utf8)).sha256)
        // What was written since is nobody's to throw away.
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        let back = "\(id)--\(name.replacing("/", with: "-"))"
        #expect(try disk.names(in: Layout.inbox).map(\.text) == [back])
        #expect(try disk.text(of: Layout.inbox / FileName(back)) == "picture and more")
    }

    @Test func `a hard link of its picture that lies in the Inbox, and is nobody's, stays there`()
        throws
    {
        // The simulated disk has no links: the file itself gets the other name.
        var original: FileStamp?
        _ = try run("c.png") {
            do {
                try disk.rename(submitted / "c.png", to: Layout.inbox / "c.png", replacing: false)
                original = try disk.stamp(of: Layout.inbox / "c.png")
            } catch {
                Issue.record(error)
            }
        }
        #expect(original != nil)
        #expect(try disk.stamp(of: Layout.inbox / "c.png") == original)
    }

    @Test func `a published picture is not the file that somebody may have open`() throws {
        let result = try run("c.png") {}
        let original = Layout.done / id / "replaced" / "0"
        disk.append(" and more", to: original)
        #expect(try disk.text(of: original) == "picture and more")
        #expect(try disk.text(of: result / "inputs" / "c.png") == "picture")
    }

    @Test func `originals that nobody has written to go with the working files`() throws {
        _ = try run("c.png") {}
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        #expect(try disk.names(in: Layout.inbox).isEmpty)
        #expect(try disk.names(in: Layout.done).isEmpty)
    }

    @Test func `a folder that was closed meanwhile keeps its pictures`() throws {
        let result = try run("in/c.png") { disk.lock(submitted / "in") }
        #expect(try disk.exists(result / "inputs" / "in"))
        disk.lock(result / "inputs" / "in", nil)
        #expect(try disk.text(of: result / "inputs" / "in" / "c.png") == "picture")
    }
}
