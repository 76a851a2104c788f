import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// The real daemon, whose worker gets several jobs at a time.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TeamTests {
    /// Lets the daemon run jobs that do what `fakes` say, and gives what became of each.
    ///
    /// A job that sleeps keeps the only worker busy until the others are ready.
    private func run(
        _ fakes: [String], images: String = "[p.png]", configuration: String = "",
        meanwhile: (RunningDaemon) throws -> Void = { _ in },
        _ check: (RunningDaemon, [String: ResultName]) throws -> Void
    ) throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: configuration)
            try SampleJobs.submit("first", fake: "sleep 3000", to: root)
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            for (number, fake) in fakes.enumerated() {
                try SampleJobs.submit("job\(number)", fake: fake, images: images, to: root)
            }
            try meanwhile(daemon)
            daemon.wait(seconds: 60) { daemon.results.count == fakes.count + 1 }
            #expect(daemon.kill(with: SIGTERM) == 0)
            var results: [String: ResultName] = [:]
            for result in daemon.results.compactMap(ResultName.init) {
                results[String("\(result)".prefix { $0 != "-" })] = result
            }
            try check(daemon, results)
        }
    }

    private func log(of result: ResultName?, _ daemon: RunningDaemon) throws -> String {
        let path = try #require(result)
        return try String(
            contentsOf: daemon.root.appending(path: "Outbox/\(path)/log.txt"), encoding: .utf8)
    }

    @Test func `jobs that wait together run together, each with its own result and log`() throws {
        try run(Array(repeating: "nothing", count: 5)) { daemon, results in
            #expect(daemon.log.contains("together=5"))
            for number in 0..<5 {
                let log = try log(of: results["job\(number)"], daemon)
                #expect(log.contains("attempt 1 of job\(number), together"))
                #expect(log.split(separator: "\n").count { $0.contains("attempt 1 of") } == 1)
            }
        }
    }

    @Test func `jobs whose pictures are a pattern run together too`() throws {
        try run(["nothing", "fail job", "nothing"], images: "\"*.png\"") { daemon, results in
            #expect(daemon.log.contains("together=3"))
            for number in 0..<3 {
                let result = try #require(results["job\(number)"])
                #expect(result.hasFailed == (number == 1))
                #expect(
                    try log(of: result, daemon).contains("attempt 1 of job\(number), together"))
                let picture = "Outbox/\(result)/inputs/p.png"
                #expect(
                    try String(
                        contentsOf: daemon.root.appending(path: picture), encoding: .utf8)
                        == "picture of job\(number)")
            }
        }
    }

    @Test func `a failure is that of its job`() throws {
        try run(["nothing", "fail job", "nothing"]) { daemon, results in
            #expect(daemon.log.contains("together=3"))
            #expect(results["job1"]?.hasFailed == true)
            #expect([0, 2].allSatisfy { results["job\($0)"]?.hasFailed == false })
        }
    }

    @Test func `a crash costs the neighbours an attempt, and the job itself its result`() throws {
        try run(["nothing", "crash", "nothing", "nothing"]) { daemon, results in
            #expect(daemon.log.contains("together=4"))
            #expect(daemon.log.contains("outcome=disturbed"))
            #expect(results["job1"]?.hasFailed == true)
            #expect([0, 2, 3].allSatisfy { results["job\($0)"]?.hasFailed == false })
            // Two attempts of its own, after the shared one.
            let ownLog = try log(of: results["job1"], daemon)
            #expect(ownLog.contains("attempt 3 of job1"))
        }
    }

    @Test func `a job is cancelled alone, and its neighbours go on`() throws {
        try run(["sleep 6000", "nothing", "nothing"]) { daemon in
            daemon.wait { daemon.log.contains("together=3") }
            let outcome = try RunningDaemon.sluice(["cancel", "job1"], root: daemon.root)
            #expect(outcome.code == 0, "\(outcome.text)")
        } _: { daemon, results in
            #expect(daemon.log.contains("outcome=disturbed"))
            #expect(results["job1"]?.hasFailed == true)
            #expect([0, 2].allSatisfy { results["job\($0)"]?.hasFailed == false })
        }
    }

    @Test func `with jobs_per_batch 1 every job runs alone`() throws {
        let configuration = "executor: {local: {jobs_per_batch: 1}}\n"
        try run(["nothing", "nothing"], configuration: configuration) { daemon, results in
            #expect(!daemon.log.contains("together="))
            #expect(results.values.allSatisfy { !$0.hasFailed })
        }
    }
}
