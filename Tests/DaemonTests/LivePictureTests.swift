import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// What a worker keeps for whoever watches, in the hands of the real daemon.
@Suite(.timeLimit(.minutes(5))) struct LivePictureTests {
    @Test func `live pictures do not get into results`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", fake: "preview", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let result = try #require(daemon.results.first)
            #expect(!result.hasSuffix(".failed"), "\(daemon.log)")
            let folder = root.appending(path: "Outbox/\(result)")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.contains("result.json"))
            #expect(!names.contains { $0.contains("preview") }, "\(names)")
            let manifest = try String(
                contentsOf: folder.appending(path: "manifest.json"), encoding: .utf8)
            #expect(!manifest.contains("preview"))
        }
    }

    @Test func `other files that are not listed are a fault still`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", fake: "litter", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0)
            let result = try #require(daemon.results.first)
            let files = try LinuxFileSystem(root: root.path)
            let failure = try files.document(
                JobFailure.self, at: Layout.outbox / result / "error.json")
            #expect(failure.message.contains("litter.png without listing it"), "\(failure)")
        }
    }
}
