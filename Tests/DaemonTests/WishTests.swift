import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// Jobs that are steered while the real daemon has them.
@Suite(.serialized) struct WishTests {
    /// Runs `sluice` on the root of `daemon` and gives its exit code and what it printed.
    private func sluice(_ arguments: [String], _ root: URL) throws -> (Int32, String) {
        try RunningDaemon.sluice(arguments, root: root)
    }

    private func failure(_ root: URL) throws -> JobFailure? {
        let files = try LinuxFileSystem(root: root.path)
        let failed = try files.names(in: Layout.outbox).compactMap(\.exactText)
            .first { $0.hasSuffix(".failed") }
        return try failed.map {
            try files.document(JobFailure.self, at: Layout.outbox / $0 / "error.json")
        }
    }

    @Test func `a running job is cancelled, keeps what was submitted, and can be tried again`()
        throws
    {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("long", fake: "sleep 600000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            #expect(try sluice(["list"], root).1.contains("running"))
            let (code, said) = try sluice(["cancel", "long"], root)
            #expect(code == 0, "\(said)")
            daemon.wait { daemon.results.count == 1 }
            #expect(try failure(root)?.code == "job.cancelled")
            let result = try #require(daemon.results.first)
            let inputs = root.appending(path: "Outbox/\(result)/inputs/p.png")
            #expect(try String(contentsOf: inputs, encoding: .utf8) == "picture of long")
            #expect(try sluice(["show", "long"], root).1.contains("job.cancelled"))
            #expect(try sluice(["log", "long"], root).1.contains("attempt 1 of long"))
            #expect(try sluice(["cancel", "long"], root).0 == 65)
            // Wishes do not stay.
            daemon.wait { Self.isEmpty(root.appending(path: ".work/wishes")) }
            let (again, place) = try sluice(["retry", "long"], root)
            #expect(again == 0, "\(place)")
            daemon.wait { daemon.workers.count == 1 && daemon.log.contains("attempt started") }
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }

    @Test func `of several jobs each is cancelled, whatever became of those before it`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("short", to: root)
            try daemon.start()
            daemon.wait { daemon.results.count == 1 }
            try SampleJobs.submit("long", fake: "sleep 600000", to: root)
            daemon.wait { daemon.log.components(separatedBy: "attempt started").count == 3 }
            let (code, said) = try sluice(["cancel", "short", "nothing", "long"], root)
            #expect(code == 65)
            #expect(said.contains("has ended") && said.contains("there is no job nothing"))
            daemon.wait { daemon.results.count == 2 }
            #expect(try failure(root)?.code == "job.cancelled")
        }
    }

    @Test func `a job whose daemon was killed is not running, and may be tried again`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("long", fake: "sleep 600000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            daemon.kill(with: SIGKILL)
            let (listed, list) = try sluice(["list"], root)
            #expect(listed == 0 && !list.contains("running") && list.contains("none works here"))
            let (tried, said) = try sluice(["retry", "long"], root)
            #expect(tried == 0 && said.contains("no daemon works on"))
        }
    }

    @Test func `a job that waits for its turn is cancelled without a worker`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("first", fake: "sleep 600000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            try SampleJobs.submit("second", to: root)
            daemon.wait { daemon.log.components(separatedBy: "job ready").count == 3 }
            #expect(try sluice(["cancel", "second"], root).0 == 0)
            daemon.wait { daemon.results.count == 1 }
            let result = try #require(daemon.results.first)
            #expect(result.hasPrefix("second--") && result.hasSuffix(".failed"))
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }

    @Test func `a wish outlives the daemon`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("long", fake: "sleep 600000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            #expect(daemon.kill(with: SIGKILL) == nil)
            let (code, said) = try sluice(["cancel", "long"], root)
            #expect(code == 0)
            #expect(said.contains("no daemon works"))
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(try failure(root)?.code == "job.cancelled")
            // It is not even begun again.
            #expect(daemon.log.components(separatedBy: "attempt started").count == 2)
        }
    }

    @Test func `a job that failed is submitted again with its pictures, and may succeed`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", fake: "fail job", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(try sluice(["list", "--failed", "--json"], root).1.contains("\"failed\""))
            #expect(try sluice(["retry", "job"], root).0 == 0)
            let files = try LinuxFileSystem(root: root.path)
            #expect(try files.exists(Layout.inbox / "job" / "p.png"))
            #expect(try files.exists(Layout.inbox / "job" / "job.yaml"))
            // The first result stays as it is.
            #expect(daemon.results.count == 1)
        }
    }

    @Test func `a job is tried again where pictures stay in the Inbox`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "inputs: keep\n")
            try SampleJobs.submit("job", to: root)
            for round in 1...3 {
                try daemon.start(["--once"])
                #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
                #expect(daemon.results.count == round)
                #expect(!daemon.results.contains { $0.hasSuffix(".failed") })
                let (code, said) = try sluice(["retry", "job"], root)
                #expect(code == 0, "\(said)")
                // It waits already.
                #expect(try sluice(["retry", "job"], root).0 != 0)
            }
        }
    }

    @Test func `a job whose pictures are not kept is not submitted without them`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let result = try #require(daemon.results.first)
            try FileManager.default.removeItem(
                at: root.appending(path: "Outbox/\(result)/inputs"))
            let (code, said) = try sluice(["retry", "job"], root)
            #expect(code == 65)
            #expect(said.contains("p.png") && said.contains("keep_inputs"), "\(said)")
            #expect(Self.isEmpty(root.appending(path: "Inbox")))
        }
    }

    @Test func `of a job that waits in the Inbox it is said, not of an older one of that name`()
        throws
    {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(try sluice(["cancel", "job"], root).1.contains("has ended"))
            let again = root.appending(path: "Inbox/job.yaml")
            try Data(SampleJobs.text().utf8).write(to: again)
            let (code, said) = try sluice(["cancel", "job"], root)
            #expect(code == 66)
            #expect(said.contains("not accepted yet") && said.contains("job.yaml"), "\(said)")
            #expect(FileManager.default.fileExists(atPath: again.path))
        }
    }

    @Test func `what is meant must be there, and be one job`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            #expect(try sluice(["list"], root).0 == 66)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0)
            for command in ["show", "log", "cancel", "retry"] {
                let (code, said) = try sluice([command, "nobody"], root)
                #expect(code == 66, "\(command)")
                #expect(said.contains("there is no job nobody here"), "\(said)")
            }
            try Data("version: 1\n".utf8).write(to: root.appending(path: "Inbox/early.yaml"))
            #expect(try sluice(["cancel", "early"], root).1.contains("not accepted yet"))
        }
    }

    private static func isEmpty(_ folder: URL) -> Bool {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.isEmpty == true
    }
}
