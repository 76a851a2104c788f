import Foundation
import Glibc
import Testing

/// The real `sluiced` with the fake worker, working on a folder of its own.
final class RunningDaemon {
    let root: URL
    private(set) var process: Process?

    /// The folder of the built programs, where the test bundle lies too.
    static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    init(root: URL, configuration: String = "") throws {
        self.root = root
        for folder in ["Inbox", "etc"] {
            try FileManager.default.createDirectory(
                at: root.appending(path: folder), withIntermediateDirectories: true)
        }
        let quick = "settle: 100 ms\nreserve: 1 MB\n"
        try Data((quick + configuration).utf8).write(to: root.appending(path: "etc/sluice.yaml"))
    }

    deinit {
        kill(with: SIGKILL)
    }

    /// Starts the daemon.
    func start(_ arguments: [String] = []) throws {
        let process = Process()
        process.executableURL = Self.programs.appending(path: "sluiced")
        process.arguments =
            ["--root", root.path, "--worker", Self.programs.appending(path: "fake-worker").path]
            + arguments
        let log = root.appending(path: "daemon.log").path
        if !FileManager.default.fileExists(atPath: log) {
            try Data().write(to: URL(filePath: log))
        }
        let handle = FileHandle(forWritingAtPath: log)
        _ = try handle?.seekToEnd()
        process.standardError = handle
        process.standardOutput = handle
        try process.run()
        self.process = process
    }

    /// Sends `signal` and waits for the end.
    ///
    /// - Returns: the exit code; nil when a signal ended it.
    @discardableResult
    func kill(with signal: Int32) -> Int32? {
        guard let process else { return nil }
        Glibc.kill(process.processIdentifier, signal)
        return waitForEnd()
    }

    @discardableResult
    func waitForEnd() -> Int32? {
        guard let process else { return nil }
        process.waitUntilExit()
        self.process = nil
        return process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// The processes that the daemon has started.
    var workers: [pid_t] {
        guard let process,
            let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc")
        else { return [] }
        return names.compactMap { pid_t($0) }.filter { pid in
            let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
            let afterName = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return afterName.dropFirst().first.flatMap { pid_t($0) } == process.processIdentifier
        }
    }

    /// The names in the Outbox, the status excepted.
    var results: [String] {
        let path = root.appending(path: "Outbox").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
            .filter { !$0.contains("status.json") }.sorted()
    }

    var log: String {
        (try? String(contentsOf: root.appending(path: "daemon.log"), encoding: .utf8)) ?? ""
    }

    /// Looks at a condition until it holds; the daemon is another process, so there is nothing else
    /// to wait for.
    func wait(
        seconds: Int = 20, for condition: () -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let end = ContinuousClock.now + .seconds(seconds)
        while !condition() {
            guard ContinuousClock.now < end else {
                Issue.record("waited in vain; log:\n\(log)", sourceLocation: sourceLocation)
                return
            }
            usleep(10_000)
        }
    }
}
