import Daemon
import Jobs
import Testing

/// What the doorkeeper makes of files that the daemon may not read.
@Suite struct DoorkeeperLockTests {
    private let disk = SimulatedDisk()

    private func doorkeeper() throws -> Doorkeeper {
        try disk.createFolder(Layout.inbox)
        try disk.createFolder(Layout.inbox / "album")
        try put("album/job.yaml", "nothing")
        try put("album/note.txt", "a note")
        try put("job.yaml", "nothing")
        return Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
    }

    private func put(_ path: String, _ text: String) throws {
        let file = try #require(Layout.inbox.beneath(path))
        try disk.create(file, holding: Array(text.utf8))
    }

    private func verdicts(
        _ doorkeeper: inout Doorkeeper, at seconds: Double = 0
    ) throws -> [String: Verdict] {
        let decisions = try doorkeeper.look(at: .seconds(seconds)).decisions
        return Dictionary(
            uniqueKeysWithValues: decisions.map { ($0.submission.name.text, $0.verdict) })
    }

    /// Why the submission is left alone; nil when it is not.
    private func refusal(_ verdict: Verdict?) -> String? {
        if case .refused(let why) = verdict { why } else { nil }
    }

    @Test func `a locked folder is reported and keeps nothing else out`() throws {
        var doorkeeper = try doorkeeper()
        disk.lock(Layout.inbox / "album")
        let verdicts = try verdicts(&doorkeeper)
        #expect(verdicts["job.yaml"] == .accept(nil))
        #expect(try #require(refusal(verdicts["album"])).contains("permission denied"))
    }

    @Test func `a job file that cannot be read is left alone until it can`() throws {
        var doorkeeper = try doorkeeper()
        disk.lock(Layout.inbox / "job.yaml")
        let locked = try verdicts(&doorkeeper, at: 10_000)
        #expect(try #require(refusal(locked["job.yaml"])).contains("permission denied"))
        #expect(locked["album"] == .accept(nil))
        disk.lock(Layout.inbox / "job.yaml", nil)
        #expect(try verdicts(&doorkeeper, at: 10_001)["job.yaml"] == .accept(nil))
    }

    @Test func `a folder with a file that cannot be read is left alone until it can`() throws {
        var doorkeeper = try doorkeeper()
        disk.lock(Layout.inbox / "album" / "note.txt")
        let locked = try verdicts(&doorkeeper)
        let expected = "Inbox/album/note.txt cannot be read: permission denied"
        #expect(try #require(refusal(locked["album"])).hasPrefix(expected))
        #expect(locked["job.yaml"] == .accept(nil))
        disk.lock(Layout.inbox / "album" / "note.txt", nil)
        #expect(try verdicts(&doorkeeper)["album"] == .accept(nil))
    }
}
