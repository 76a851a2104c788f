import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// The real daemon with a worker that misbehaves.
@Suite(.serialized) struct FaultTests {
    /// Runs one job and gives the code in its `error.json`; nil when it succeeds.
    private func run(
        _ fake: String, configuration: String = "",
        _ check: (RunningDaemon, ResultName) throws -> Void = { _, _ in }
    ) throws -> String? {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: configuration)
            try SampleJobs.submit("job", fake: fake, to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let result = try #require(
                daemon.results.compactMap(ResultName.init).first, "\(daemon.log)")
            #expect(daemon.results.count == 1)
            try check(daemon, result)
            guard result.hasFailed else { return nil }
            let files = try LinuxFileSystem(root: root.path)
            let folder = Layout.outbox / "\(result)"
            #expect(try files.exists(folder / "inputs" / "p.png"))
            #expect(try files.exists(folder / "job.yaml"))
            #expect(try files.exists(folder / "log.txt"))
            return try files.document(JobFailure.self, at: folder / "error.json").code
        }
    }

    @Test(arguments: [
        ("crash", "worker.crashed"), ("exit", "worker.crashed"), ("nonsense", "worker.crashed"),
        ("endless", "worker.crashed"), ("lie", "worker.output"), ("fail job", "numerics"),
        ("fail resource", "numerics"), ("kill", "worker.killed"), ("forge", "worker.output"),
    ])
    func `a worker that misbehaves ends its job only`(_ fake: String, _ code: String) throws {
        #expect(try run(fake) == code)
    }

    @Test(arguments: ["crash-once", "kill-once", "fail-once resource"])
    func `a second attempt may succeed`(_ fake: String) throws {
        #expect(try run(fake) == nil)
    }

    @Test func `a worker that is deaf is ended after its time`() throws {
        #expect(try run("deaf", configuration: "time_limit: 1 s\nattempts: 1\n") == "time")
    }

    @Test func `a flood of messages is cut`() throws {
        let code = try run("flood") { daemon, result in
            let path = daemon.root.appending(path: "Outbox/\(result)/log.txt").path
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            #expect((size ?? 0) < 3 * BoundedLog.part)
        }
        #expect(code == nil)
    }

    @Test func `what the environment does is waited for`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", fake: "fail-once environment", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 75)
            #expect(daemon.results.isEmpty)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0)
            #expect(daemon.results.count == 1)
        }
    }

    @Test func `asked to end, the daemon lets work finish`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", fake: "sleep 600", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            #expect(daemon.kill(with: SIGTERM) == 0)
            #expect(daemon.results.count == 1)
        }
    }

    @Test func `work that takes too long to finish begins again after a restart`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "drain: 0 s\n")
            try SampleJobs.submit("job", fake: "sleep 1500", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            #expect(daemon.kill(with: SIGTERM) == 0)
            #expect(daemon.results.isEmpty)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0)
            #expect(daemon.results.count == 1)
        }
    }

    @Test func `a second daemon on one root refuses`() throws {
        try withTemporaryDirectory { root in
            let first = try RunningDaemon(root: root)
            try first.start()
            first.wait { first.log.contains("daemon started") }
            let second = try RunningDaemon(root: root)
            try second.start()
            #expect(second.waitForEnd() == 75)
            #expect(first.kill(with: SIGTERM) == 0)
        }
    }

    @Test func `a worker that is not there is waited for, and the status says so`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", to: root)
            try daemon.start(["--worker", "/bin/false"])
            let files = try LinuxFileSystem(root: root.path)
            daemon.wait {
                let status = try? files.document(StatusDocument.self, at: Layout.status)
                return status?.warnings.first?.contains("cannot be started") == true
            }
            #expect(daemon.kill(with: SIGTERM) == 0)
            #expect(daemon.results.isEmpty)
        }
    }

    @Test func `with once, a worker that is not there ends the daemon, which says why`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("job", to: root)
            try daemon.start(["--once", "--worker", "/bin/false"])
            daemon.wait { daemon.process?.isRunning == false }
            #expect(daemon.kill(with: SIGKILL) == 75)
            #expect(daemon.log.contains("sluiced: pictures cannot be checked: "))
            #expect(daemon.log.contains("cannot be started"))
            #expect(daemon.results.isEmpty)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.results.count == 1)
        }
    }

    @Test func `an Inbox that is replaced under the daemon is found again`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "poll: 100 ms\n")
            try daemon.start()
            daemon.wait { daemon.log.contains("daemon started") }
            let inbox = root.appending(path: "Inbox")
            try FileManager.default.moveItem(at: inbox, to: root.appending(path: "Old"))
            daemon.wait { daemon.log.contains("inbox unreadable") }
            try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
            try SampleJobs.submit("job", to: root)
            daemon.wait { daemon.results.count == 1 }
            #expect(daemon.kill(with: SIGTERM) == 0)
        }
    }

    @Test func `a job with too many pictures fails alone`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "pictures_per_job: 2\n")
            let inbox = root.appending(path: "Inbox")
            let pictures = ["a.png", "b.png", "c.png"]
            for name in pictures {
                try Data("picture".utf8).write(to: inbox.appending(path: name))
            }
            try Data(SampleJobs.text(pictures).utf8).write(to: inbox.appending(path: "many.yaml"))
            try SampleJobs.submit("good", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let results = daemon.results.compactMap(ResultName.init)
            #expect(results.filter(\.hasFailed).map(\.name.text) == ["many"])
            #expect(results.filter { !$0.hasFailed }.map(\.name.text) == ["good"])
        }
    }

    @Test(arguments: [("priorr", "10 min", "job.invalid"), ("prior", "1 s", "input.timeout")])
    func `pictures that only a failed job names leave the Inbox with it`(
        _ key: String, _ patience: String, _ code: String
    ) throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "input_timeout: \(patience)\n")
            let inbox = root.appending(path: "Inbox")
            for name in ["own.png", "shared.png", "stray.png"] {
                try Data("picture \(name)".utf8).write(to: inbox.appending(path: name))
            }
            let bad = "version: 1\nimages: [own.png, shared.png, none.png]\n\(key): mnist\n"
            try Data(bad.utf8).write(to: inbox.appending(path: "bad.yaml"))
            let other = SampleJobs.text(["shared.png", "late.png"])
            try Data(other.utf8).write(to: inbox.appending(path: "other.yaml"))
            try daemon.start()
            daemon.wait { daemon.results.contains { $0.hasPrefix("bad--") } }
            let result = try #require(daemon.results.first { $0.hasPrefix("bad--") })
            let files = try LinuxFileSystem(root: root.path)
            let folder = Layout.outbox / result
            #expect(try files.document(JobFailure.self, at: folder / "error.json").code == code)
            for name in ["own.png", "shared.png"] {
                let copy = try files.read(folder / "inputs" / name, limit: 100)
                #expect(copy == Array("picture \(name)".utf8))
            }
            daemon.wait { (try? files.exists(Layout.inbox / "own.png")) == false }
            #expect(try files.exists(Layout.inbox / "stray.png"))
            if patience == "10 min" {
                #expect(try files.exists(Layout.inbox / "other.yaml"))
                #expect(try files.exists(Layout.inbox / "shared.png"))
            }
            #expect(daemon.kill(with: SIGTERM) == 0)
        }
    }

    @Test func `inputs may be told to stay`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "inputs: keep\n")
            let inbox = root.appending(path: "Inbox")
            try Data("picture".utf8).write(to: inbox.appending(path: "p.png"))
            try Data(SampleJobs.text().utf8).write(to: inbox.appending(path: "job.yaml"))
            try SampleJobs.submit("album", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.results.count == 2)
            let left = try FileManager.default.subpathsOfDirectory(atPath: inbox.path).sorted()
            #expect(left == ["album", "album/p.png", "p.png"])
        }
    }
}
