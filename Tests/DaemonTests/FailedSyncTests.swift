import Daemon
import Foundation
import Jobs
import Testing

/// A disk that fails to keep something once, says so, and does not say so again.
@Suite struct FailedSyncTests {
    private let disk = SimulatedDisk()
    private let identifiers = SimulatedDaemon.Counter()
    private let id = "20260101-000000-000001"

    /// Places in the folder of the first attempt at the first job, and how many syncs go well there.
    private static let places: [(String, Int)] = [
        ("000001/run.1/restored/a.png", 0), ("000001/run.1/result.json", 0),
        ("000001/run.1/restored", 1), ("000001/run.1", 0),
        // When the job is sealed.
        ("000001/run.1/result.json", 1), ("000001/run.1/restored/a.png", 1),
        ("000001/run.1/inputs", 0), ("000001/run.1/inputs", 1),
        ("000001/run.1/.manifest.json.tmp", 0), ("000001/run.1/manifest.json", 0),
    ]

    private static let folder = ["album/job.yaml": "in/c.png", "album/in/c.png": "picture"]
    private static let file = ["album.yaml": "c.png", "c.png": "picture"]

    private func expectDone(_ comment: Comment? = nil) throws {
        // What was not kept is gone now.
        disk.restart(.nothing)
        // What the daemon tried its folders with may come back; nobody else sees it.
        #expect(try disk.names(in: Layout.inbox).allSatisfy { $0.hasPrefix(".") }, comment)
        #expect(try disk.names(in: Layout.jobs).isEmpty, comment)
        let results = try disk.results()
        #expect(results.count == 1, comment)
        let result = try #require(results.first)
        let manifest = try disk.document(Manifest.self, at: result / "manifest.json")
        for entry in manifest.files {
            let path = try #require(result.beneath(entry.path))
            #expect(try disk.digest(path).sha256 == entry.sha256, comment)
        }
        let paths = manifest.files.map(\.path)
        #expect(paths.contains { $0.hasPrefix("inputs/") && $0.hasSuffix("c.png") }, comment)
        #expect(paths.contains("result.json"), comment)
    }

    @Test(arguments: places, [file, folder])
    func `what was not kept is written anew`(
        _ place: (String, Int), _ submitted: [String: String]
    ) throws {
        try disk.fillInbox(submitted)
        disk.failSync(at: place.0, after: place.1)
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        let log = try disk.text(of: try #require(try disk.results().first) / "log.txt")
        #expect(log.contains("attempt 1") && log.contains("attempt 2"))
        try expectDone()
    }

    @Test(arguments: [file, folder])
    func `a power cut after that takes nothing away`(_ submitted: [String: String]) throws {
        var operation = 1
        var wasCut = true
        while wasCut {
            let test = FailedSyncTests()
            wasCut = try test.cutPower(at: operation, submitted)
            operation += 1
        }
        #expect(operation > 60)
    }

    /// - Returns: false when the daemon was done before the operation.
    private func cutPower(at operation: Int, _ submitted: [String: String]) throws -> Bool {
        try disk.fillInbox(submitted)
        disk.failSync(at: "000001/run.1/result.json", after: 1)
        let wasCut = try disk.isCut(at: operation) {
            try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        }
        if wasCut {
            disk.restart(.anything)
            disk.failSync(at: "nowhere")
            try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
        }
        try expectDone("cut at \(operation)")
        return wasCut
    }

    @Test func `an outcome that is written down at the second try is in the log once`() throws {
        try disk.fillInbox(["a.yaml": "nothing"])
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { [id] _ in id })
        _ = try spool.recover()
        let submission = Submission(name: FileName("a.yaml"), isFolder: false)
        let accepted = try #require(try spool.accept(submission))
        let ready = try #require(try spool.advance(accepted))
        let outcome = AttemptOutcome.crashed(JobFailure(.resource, "worker.crashed", "it crashed"))
        let first = try spool.begin(ready)
        disk.fill(1, at: ".state.json.tmp")
        #expect(throws: DaemonError.self) { try spool.end(first, outcome, log: "worked") }
        let again = try spool.begin(try spool.end(first, outcome, log: "worked"))
        let end = try spool.end(again, outcome, log: "worked")
        #expect(end.state.kind == .failing)
        let log = try disk.text(of: Layout.log(id))
        for attempt in ["attempt 1\n", "attempt 2\n"] {
            #expect(log.components(separatedBy: attempt).count == 2, "\(log)")
        }
    }
}
