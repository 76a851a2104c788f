import Daemon
import Foundation
import Jobs
import Logging
import TestSupport

/// A place where an executor is tried, with a root and workers that do what jobs tell them.
struct ExecutorBench: Sendable {
    let root: URL
    /// A new executor, as a daemon has it that has just been started.
    let executor: @Sendable () -> any Executor
    /// What a job does that runs out of memory here.
    var memory = "kill"
    /// Makes the controller go away, or come back; nil where there is none.
    var setController: (@Sendable (_ isThere: Bool) async throws -> Void)?
    /// An executor whose jobs are refused; nil where nobody refuses them.
    var refused: (@Sendable () -> any Executor)?
    /// Ends the Slurm job of this number, as somebody else would; nil where there are none.
    var end: (@Sendable (_ number: Int) throws -> Void)?

    /// Makes Slurm's programs misbehave in the way called `how`, or no longer when there is no text;
    /// nil where they cannot.
    var misbehave: (@Sendable (_ how: String, _ text: String?) throws -> Void)?

    /// Whether attempts outlive the daemon.
    var outlives: Bool { end != nil }

    static let timekeeper = Timekeeper(SuspendingClock(), date: { 0 })
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let worker = RunningDaemon.programs.appending(path: "fake-worker").path

    static var environment: [String] {
        let path = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? ""
        return ["PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LD_LIBRARY_PATH=\(path)"]
    }

    /// An attempt at a new job that does `fake`, as the spool prepares it.
    func attempt(_ fake: String) throws -> Attempt {
        let id = "20260101-000000-" + UUID().uuidString.prefix(6).lowercased()
        let job = root.appending(path: ".work/jobs/\(id)")
        for name in ["in", "run.1"] {
            try FileManager.default.createDirectory(
                at: job.appending(path: name), withIntermediateDirectories: true)
        }
        try Data("version: 1\n# fake: \(fake)\n".utf8).write(to: job.appending(path: "job.yaml"))
        return Attempt(
            job: "job", id: id, number: 1, jobFile: "\(job.path)/job.yaml",
            inputs: "\(job.path)/in", output: "\(job.path)/run.1")
    }

    /// The number of the Slurm job of `attempt`, once it is known.
    func number(of attempt: Attempt) throws -> Int? {
        let text = try String(contentsOfFile: "\(attempt.output).slurm/job", encoding: .utf8)
        return Int(text.trimmingCharacters(in: .newlines))
    }
}

extension ExecutorBench {
    /// Workers of this machine.
    static func local(_ root: URL) -> ExecutorBench {
        let count = Counter()
        return ExecutorBench(root: root) {
            LocalExecutor(
                LocalSettings(
                    command: [worker, "serve"], environment: environment, workers: 4,
                    time: .seconds(5), grace: .milliseconds(200)),
                timekeeper: timekeeper, logger: logger,
                // Whenever a worker is killed, the machine has run out of memory.
                outOfMemoryCount: { count.next() })
        }
    }

    /// An executor that works with Slurm's programs in `programs`.
    static func slurm(
        _ root: URL, programs: String, environment more: [String] = [],
        spec: SlurmExecutorSpec, prober: any Executor
    ) -> any Executor {
        guard let programs = SlurmPrograms(searchPath: programs),
            let files = try? LinuxFileSystem(root: root.path)
        else { preconditionFailure("the bench has Slurm's programs and a root") }
        var spec = spec
        spec.check = .milliseconds(200)
        let settings = SlurmSettings(
            programs: programs, command: [worker, "serve"], environment: environment + more,
            spec: spec, time: .seconds(60), pace: .milliseconds(50), visibility: .seconds(1),
            patience: .seconds(20), longestWait: .milliseconds(500))
        return SlurmExecutor(
            settings, files: files, prober: prober, timekeeper: timekeeper, logger: logger)
    }
}
