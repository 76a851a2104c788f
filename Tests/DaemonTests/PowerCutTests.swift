import Daemon
import Jobs
import TestSupport
import Testing

/// The guarantees G1 to G4 of `Docs/daemon.md`, with the power cut at every operation.
@Suite struct PowerCutTests {
    /// The Inbox of these tests, as it was filled: two files that share a picture, a folder, and a
    /// job that is wrong and names a picture of its own and a shared one.
    static let submitted = [
        "one.yaml": "a.png b.png", "two.yaml": "b.png", "wrong.yaml": "bad w.png b.png",
        "w.png": "picture w", "a.png": "picture a", "b.png": "picture b",
        "album/job.yaml": "*", "album/c.png": "picture c", "album/note.txt": "a note",
    ]

    static func disk(seed: UInt64, syncs: Bool = true) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: seed, syncs: syncs)
        try disk.createFolder(Layout.inbox)
        try disk.createFolder(Layout.inbox / "album")
        for (path, text) in submitted {
            let file = try #require(Layout.inbox.beneath(path))
            try disk.create(file, holding: Array(text.utf8))
        }
        // It was there long before the daemon started.
        disk.restart(.everything)
        return disk
    }

    @Test func `without a power cut every job ends once and the Inbox is empty`() throws {
        let disk = try Self.disk(seed: 0)
        try SimulatedDaemon(disk: disk, identifiers: .init()).run { try expectNothingPartial(disk) }
        try expectAllDone(disk)
    }

    @Test(arguments: SimulatedDisk.Survival.allCases)
    func `a power cut at any operation loses nothing and doubles nothing`(
        _ survival: SimulatedDisk.Survival
    ) throws {
        var operation = 1
        while try cutPower(at: operation, survival, syncs: true) { operation += 1 }
        #expect(operation > 100)
    }

    @Test func `power cuts may come one after the other`() throws {
        for seed in 0..<80 {
            let disk = try Self.disk(seed: UInt64(seed))
            let identifiers = SimulatedDaemon.Counter()
            var generator = SeededGenerator(seed: UInt64(seed))
            for _ in 0..<4 {
                let next = disk.operations + Int.random(in: 1...80, using: &generator)
                try run(disk, identifiers, failingAt: next)
                disk.restart(.anything)
                try expectNothingPartial(disk)
            }
            try run(disk, identifiers, failingAt: nil)
            try expectAllDone(disk)
        }
    }

    @Test func `the laws notice a disk that does not sync`() {
        withKnownIssue {
            _ = try cutPower(at: 120, .anything, syncs: false)
        }
    }

    /// - Returns: false when the daemon was done before the operation.
    private func cutPower(
        at operation: Int, _ survival: SimulatedDisk.Survival, syncs: Bool
    ) throws -> Bool {
        let disk = try Self.disk(seed: UInt64(operation), syncs: syncs)
        let identifiers = SimulatedDaemon.Counter()
        let wasCut = try run(disk, identifiers, failingAt: disk.operations + operation)
        if wasCut {
            disk.restart(survival)
            try expectNothingPartial(disk)
            try run(disk, identifiers, failingAt: nil)
        }
        try expectAllDone(disk, "cut at \(operation), \(survival)")
        return wasCut
    }

    /// - Returns: whether the power was cut.
    @discardableResult
    private func run(
        _ disk: SimulatedDisk, _ identifiers: SimulatedDaemon.Counter, failingAt operation: Int?
    ) throws -> Bool {
        disk.fail(at: operation)
        do {
            try SimulatedDaemon(disk: disk, identifiers: identifiers).run {
                try expectNothingPartial(disk)
            }
        } catch let error as DaemonError {
            guard disk.hasFailed else { throw error }
            return true
        }
        disk.fail(at: nil)
        return false
    }

    /// G2: every folder in the Outbox is whole.
    private func expectNothingPartial(_ disk: SimulatedDisk) throws {
        guard try disk.exists(Layout.outbox) else { return }
        for name in try disk.names(in: Layout.outbox) where !name.hasPrefix(".") {
            let folder = Layout.outbox / name
            if name.hasSuffix(".failed") {
                _ = try disk.document(JobFailure.self, at: folder / "error.json")
                try #require(try disk.exists(folder / "job.yaml"))
                continue
            }
            let manifest = try disk.document(Manifest.self, at: folder / "manifest.json")
            for entry in manifest.files {
                let path = try #require(folder.beneath(entry.path))
                try #require(try disk.digest(path).sha256 == entry.sha256)
            }
        }
    }

    /// G1, G3, G4: each job has one result, with what was submitted, and nothing else is anywhere.
    private func expectAllDone(_ disk: SimulatedDisk, _ comment: Comment? = nil) throws {
        let names = try disk.names(in: Layout.outbox).map(\.text)
        let results = names.compactMap(ResultName.init)
        let ended = results.map { $0.name.text + ($0.hasFailed ? " failed" : "") }.sorted()
        #expect(ended == ["album", "one", "two", "wrong failed"], comment)
        #expect(try disk.names(in: Layout.inbox).isEmpty, comment)
        #expect(try disk.names(in: Layout.jobs).isEmpty, comment)
        for result in results {
            let folder = Layout.outbox / "\(result)"
            let expected: [String: String] =
                switch result.name.text {
                case "one": ["inputs/a.png": "picture a", "inputs/b.png": "picture b"]
                case "wrong":
                    ["inputs/w.png": "picture w", "job.yaml": "bad w.png b.png"]
                case "two": ["inputs/b.png": "picture b", "job.yaml": "b.png"]
                default:
                    [
                        "inputs/c.png": "picture c", "inputs/note.txt": "a note", "job.yaml": "*",
                        "result.json": "result of album",
                    ]
                }
            for (path, text) in expected {
                let file = try #require(folder.beneath(path))
                #expect(try disk.read(file, limit: 1000) == Array(text.utf8), comment)
            }
        }
    }
}
