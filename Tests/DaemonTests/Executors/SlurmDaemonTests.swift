import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// The real daemon in front of a Slurm made of scripts.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: SlurmCluster.isWanted, "SLUICE_TEST_SLURM is not set"))
struct SlurmDaemonTests {
    private static let configuration = "executor: {slurm: {check: 200 ms}}\n"

    private func withDaemon(
        searchPath: (FakeSlurm) -> String = { "\($0.folder.path):/usr/bin:/bin" },
        _ body: (FakeSlurm, RunningDaemon) throws -> Void
    ) throws {
        let slurm = try FakeSlurm()
        defer { slurm.end() }
        let daemon = try RunningDaemon(root: slurm.root, configuration: Self.configuration)
        daemon.environment["PATH"] = searchPath(slurm)
        try SampleJobs.submit("job", fake: "sleep 4000", to: slurm.root)
        try body(slurm, daemon)
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func `a daemon that is started again goes on with the jobs of Slurm`(
        _ signal: Int32
    ) throws {
        try withDaemon { slurm, daemon in
            try daemon.start()
            daemon.wait { daemon.log.contains("slurm job") && !slurm.jobs.isEmpty }
            daemon.kill(with: signal)
            #expect(daemon.results.isEmpty)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.log.contains("slurm job adopted"))
            #expect(daemon.results.compactMap(ResultName.init).map(\.hasFailed) == [false])
            #expect(slurm.jobs == [1])
        }
    }

    private func status(_ daemon: RunningDaemon) -> StatusDocument? {
        let path = daemon.root.appending(path: "Outbox/status.json")
        // Before it is written for the first time there is none.
        return try? JSONDecoder().decode(StatusDocument.self, from: Data(contentsOf: path))
    }

    @Test func `the status says that the controller is away, and that it is back`() throws {
        try withDaemon { slurm, daemon in
            try slurm.set("away", "")
            try daemon.start()
            daemon.wait {
                status(daemon)?.warnings.contains { $0.contains("slurm does not answer") } == true
                    && status(daemon)?.running.first?.waitsFor?.contains("does not answer") == true
            }
            try slurm.set("away", nil)
            daemon.wait(seconds: 60) { daemon.results.count == 1 }
            daemon.wait { status(daemon)?.warnings.isEmpty == true }
        }
    }

    @Test func `the status says what a job waits for in Slurm`() throws {
        try withDaemon { slurm, daemon in
            try slurm.set("pending", "")
            try daemon.start()
            daemon.wait {
                status(daemon)?.running.first?.waitsFor?.contains("pending: Resources") == true
            }
            try slurm.write("RUNNING", to: "state", of: 1)
            daemon.wait(seconds: 60) { daemon.results.count == 1 }
        }
    }

    @Test(arguments: ["squeue", "sbatch"])
    func `a daemon ends at once, whatever program of Slurm hangs`(_ program: String) throws {
        try withDaemon { slurm, daemon in
            try slurm.set("hang", "\(program)\n")
            try daemon.start()
            daemon.wait { daemon.log.contains("attempt started") }
            // By then the program has been started.
            Thread.sleep(forTimeInterval: 1)
            let begin = ContinuousClock.now
            #expect(daemon.kill(with: SIGTERM) == 0, "\(daemon.log)")
            #expect(ContinuousClock.now - begin < .seconds(10))
            #expect(daemon.results.isEmpty)
            try slurm.set("hang", nil)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.results.compactMap(ResultName.init).map(\.hasFailed) == [false])
            #expect(slurm.jobs == [1])
        }
    }

    @Test func `without Slurm's programs the daemon does not start, and says what to do`() throws {
        try withDaemon(searchPath: { _ in "/nowhere" }) { _, daemon in
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 78)
            #expect(daemon.log.contains("there is no sbatch, squeue, scontrol, scancel in $PATH"))
            #expect(daemon.log.contains("slurm-client"))
            let place = daemon.log.firstMatch(of: /etc\/sluice.yaml:[0-9]+:[0-9]+: the executor is/)
            #expect(place != nil, "\(daemon.log)")
        }
    }
}
