import Daemon
import Foundation
import Glibc
import Jobs

/// A real Slurm of one node, which lives as long as this object.
final class SlurmCluster: @unchecked Sendable {
    // Used by one task at a time.
    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    let folder: URL
    let root: URL

    /// Whether the tests of Slurm are asked for: they take minutes, and time on both cores.
    static var isWanted: Bool {
        ProcessInfo.processInfo.environment["SLUICE_TEST_SLURM"] != nil
    }

    /// Whether this machine has what it needs.
    static var isPossible: Bool {
        let programs = ["slurmctld", "slurmd", "munged"].map { "/usr/sbin/\($0)" }
        return isWanted && getuid() == 0 && programs.allSatisfy { access($0, X_OK) == 0 }
            && SlurmPrograms(searchPath: "/usr/bin") != nil
    }

    /// Starts it and waits until it takes jobs.
    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "sluice-slurm-\(UUID().uuidString.prefix(8))")
        root = folder.appending(path: "the root's 100%j $HOME")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        process.executableURL = FakeSlurm.fixtures.appending(path: "cluster")
        process.arguments = [folder.path]
        process.standardInput = orders
        process.standardOutput = answers
        try process.run()
        _ = answer()
    }

    /// Ends it, with all its jobs.
    func end() {
        // Closing the pipe is what ends it, also when the tests are killed.
        try? orders.fileHandleForWriting.close()
        process.waitUntilExit()
        // It is a temporary folder in any case.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Says `order` and waits until it is done.
    func say(_ order: String) throws {
        try orders.fileHandleForWriting.write(contentsOf: Data("\(order)\n".utf8))
        _ = answer()
    }

    private func answer() -> String {
        String(decoding: answers.fileHandleForReading.availableData, as: UTF8.self)
    }

    private var environment: [String] { ["SLURM_CONF=\(folder.path)/slurm.conf"] }

    private func executor(_ partition: String) -> any Executor {
        ExecutorBench.slurm(
            root, programs: "/usr/bin:/bin", environment: environment,
            spec: SlurmExecutorSpec(
                partition: partition, memory: ByteCount(bytes: 200 << 20),
                extra: ["--nice=1"]),
            prober: ExecutorBench.local(root).executor())
    }

    var bench: ExecutorBench {
        ExecutorBench(
            root: root, executor: { self.executor("main") }, memory: "hoard 400",
            setController: { try self.say($0 ? "back" : "away") },
            refused: { self.executor("nowhere") },
            end: { number in
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/scancel")
                process.arguments = ["\(number)"]
                process.environment = ["SLURM_CONF": "\(self.folder.path)/slurm.conf"]
                try process.run()
                process.waitUntilExit()
            })
    }
}
