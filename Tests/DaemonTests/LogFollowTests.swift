import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// `sluice log --follow` beside the real daemon.
@Suite(.serialized) struct LogFollowTests {
    /// A `sluice log --follow` that is running.
    private final class Follower {
        let process = Process()
        private let output: URL

        init(_ job: String, root: URL) throws {
            output = root.appending(path: "followed.txt")
            try Data().write(to: output)
            process.executableURL = RunningDaemon.programs.appending(path: "sluice")
            process.arguments = ["log", "--follow", job, "--root", root.path]
            process.standardOutput = FileHandle(forWritingAtPath: output.path)
            process.standardError = FileHandle.nullDevice
            try process.run()
        }

        deinit {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        var text: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

        func count(_ line: String) -> Int { text.components(separatedBy: line).count - 1 }
    }

    @Test func `lines are shown while the job is running, and it ends with the job`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("long", fake: "sleep 600000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            let follower = try Follower("long", root: root)
            daemon.wait { follower.count("attempt 1 of long\n") == 1 }
            #expect(follower.process.isRunning)
            let now = try RunningDaemon.sluice(["log", "long"], root: root).text
            #expect(now == "attempt 1\nattempt 1 of long\n")
            #expect(try RunningDaemon.sluice(["cancel", "long"], root: root).code == 0)
            daemon.wait { !follower.process.isRunning }
            #expect(follower.process.terminationStatus == 0)
            #expect(follower.count("attempt 1 of long\n") == 1)
            #expect(follower.text.contains("ended: job.cancelled"))
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }

    @Test func `it goes on through attempts and a death of the daemon, each line once`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("often", fake: "crash-once\n# fake: sleep 600000", to: root)
            try daemon.start()
            daemon.wait { !daemon.log.isEmpty && daemon.log.contains("attempt started") }
            let follower = try Follower("often", root: root)
            daemon.wait { follower.count("attempt 2 of often\n") == 1 }
            #expect(daemon.kill(with: SIGKILL) == nil)
            try daemon.start()
            daemon.wait { follower.count("attempt 3 of often\n") == 1 }
            #expect(try RunningDaemon.sluice(["cancel", "often"], root: root).code == 0)
            daemon.wait { !follower.process.isRunning }
            for attempt in 1...3 {
                #expect(follower.count("attempt \(attempt)\n") == 1)
                #expect(follower.count("attempt \(attempt) of often\n") == 1)
            }
            #expect(follower.text.contains("ended: daemon.interrupted"))
            let result = try #require(daemon.results.first)
            let log = root.appending(path: "Outbox/\(result)/log.txt")
            #expect(try String(contentsOf: log, encoding: .utf8) == follower.text)
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }

    @Test func `jobs that are solved together are told apart`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("first", fake: "sleep 600000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            for name in ["one", "two"] {
                try SampleJobs.submit(name, fake: "sleep 600000", to: root)
            }
            daemon.wait { daemon.log.components(separatedBy: "job ready").count == 4 }
            let follower = try Follower("one", root: root)
            #expect(try RunningDaemon.sluice(["cancel", "first"], root: root).code == 0)
            daemon.wait { follower.count("attempt 1 of one, together\n") == 1 }
            #expect(!follower.text.contains("of two"))
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }

    @Test func `a worker that says too much fills no disk`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try SampleJobs.submit("loud", fake: "flood\n# fake: sleep 600000", to: root)
            try daemon.start()
            daemon.wait {
                (try? RunningDaemon.sluice(["log", "loud"], root: root).text.contains("earlier"))
                    == true
            }
            let text = try RunningDaemon.sluice(["log", "loud"], root: root).text
            #expect(text.hasPrefix("attempt 1\n… earlier lines left out …\n"))
            #expect(text.utf8.count < 1 << 20 + 1 << 17)
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }
}
