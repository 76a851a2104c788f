import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

@Suite(.serialized) struct KillTests {
    @Test(.timeLimit(.minutes(10)))
    func `fifty kills of daemon and worker during twenty jobs lose nothing`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            for number in 0..<20 {
                try SampleJobs.submit("job\(number)", fake: "sleep 150", to: root)
            }
            var generator = SeededGenerator(seed: 2)
            for round in 0..<50 {
                if daemon.process == nil { try daemon.start() }
                // Any moment will do: this is the one thing that is left to chance.
                usleep(UInt32.random(in: 5_000..<350_000, using: &generator))
                if round.isMultiple(of: 2) {
                    daemon.kill(with: SIGKILL)
                } else {
                    for worker in daemon.workers { Glibc.kill(worker, SIGKILL) }
                }
            }
            if daemon.process == nil { try daemon.start() }
            daemon.wait(seconds: 40) { daemon.results.count >= 20 && jobsLeft(root).isEmpty }
            #expect(daemon.kill(with: SIGTERM) == 0)
            try expectEachJobOnce(daemon, (0..<20).map { "job\($0)" })
        }
    }

    private func jobsLeft(_ root: URL) -> [String] {
        let path = root.appending(path: ".work/jobs").path
        return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    /// Every job has one result, it is a success, and it is whole.
    private func expectEachJobOnce(_ daemon: RunningDaemon, _ names: [String]) throws {
        let results = daemon.results.compactMap(ResultName.init)
        #expect(results.map(\.name.text).sorted() == names.sorted(), "\(daemon.log)")
        #expect(results.allSatisfy { !$0.hasFailed })
        let inbox = daemon.root.appending(path: "Inbox").path
        #expect(try FileManager.default.contentsOfDirectory(atPath: inbox) == [])
        let files = try LinuxFileSystem(root: daemon.root.path)
        for result in results {
            try expectWhole(Layout.outbox / "\(result)", files)
            let picture = Layout.outbox / "\(result)" / "inputs" / "p.png"
            let content = try files.read(picture, limit: 1000)
            #expect(String(decoding: content, as: UTF8.self) == "picture of \(result.name)")
        }
    }

    /// The manifest lists every file as it is.
    private func expectWhole(_ folder: SpoolPath, _ files: LinuxFileSystem) throws {
        let manifest = try files.document(Manifest.self, at: folder / "manifest.json")
        for entry in manifest.files {
            let path = try #require(folder.beneath(entry.path))
            #expect(try files.digest(path) == FileDigest(sha256: entry.sha256, bytes: entry.bytes))
        }
        let present = try files.files(in: folder).count
        #expect(manifest.files.count + 1 == present)
    }
}
