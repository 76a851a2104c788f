import Daemon
import Foundation
import Glibc
import Jobs

/// A cluster of shell scripts in a temporary folder.
final class FakeSlurm: Sendable {
    let folder: URL
    let root: URL

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/slurm").standardizedFileURL

    /// A cluster without jobs.
    ///
    /// - Parameter hasAccounting: whether there is a program `sacct`.
    /// - Throws: when its folder cannot be made.
    init(hasAccounting: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "sluice-\(UUID().uuidString)")
        // Slurm gives the percent sign a meaning, and shells the others.
        root = folder.appending(path: "the root's 100%j $HOME")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let programs = ["sbatch", "squeue", "scontrol", "scancel", "run"]
        for name in programs + (hasAccounting ? ["sacct"] : []) {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name),
                withDestinationURL: Self.fixtures.appending(path: "fake"))
        }
    }

    /// Ends all jobs and removes everything.
    func end() {
        for job in jobs {
            let path = folder.appending(path: "jobs/\(job)/process")
            if let text = try? String(contentsOf: path, encoding: .utf8),
                let process = pid_t(text.trimmingCharacters(in: .newlines))
            {
                kill(-process, SIGKILL)
            }
        }
        // It is a temporary folder in any case.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The numbers of all jobs that were ever submitted.
    var jobs: [Int] {
        let path = folder.appending(path: "jobs").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { Int($0) }.sorted()
    }

    /// Makes the cluster misbehave in the way called `name`, or no longer.
    func set(_ name: String, _ text: String?) throws {
        let file = folder.appending(path: name)
        if let text {
            try Data(text.utf8).write(to: file)
        } else {
            try FileManager.default.removeItem(at: file)
        }
    }

    func write(_ text: String, to name: String, of job: Int) throws {
        try Data("\(text)\n".utf8).write(to: folder.appending(path: "jobs/\(job)/\(name)"))
    }

    func read(_ name: String, of job: Int) throws -> String {
        try String(contentsOf: folder.appending(path: "jobs/\(job)/\(name)"), encoding: .utf8)
            .trimmingCharacters(in: .newlines)
    }

    func executor(_ spec: SlurmExecutorSpec = SlurmExecutorSpec()) -> any Executor {
        ExecutorBench.slurm(
            root, programs: folder.path, spec: spec,
            prober: ExecutorBench.local(root).executor())
    }

    /// The cluster, twelve seconds of which are a minute.
    func bench() throws -> ExecutorBench {
        try set("minute", "12")
        return ExecutorBench(
            root: root, executor: { self.executor() },
            setController: { try self.set("away", $0 ? nil : "") },
            refused: { self.executor(SlurmExecutorSpec(partition: "nowhere")) },
            end: { number in
                let process = Process()
                process.executableURL = self.folder.appending(path: "scancel")
                process.arguments = ["\(number)"]
                try process.run()
                process.waitUntilExit()
            },
            misbehave: { try self.set($0, $1) })
    }
}
