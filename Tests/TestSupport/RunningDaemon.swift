package import Foundation
import Glibc
package import Testing

/// The real `sluiced`, working on a folder of its own.
package final class RunningDaemon {
    package let root: URL
    package private(set) var process: Process?

    /// The folder of the built programs, where the test bundle lies too.
    package static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    private let worker: String
    /// What is added to the environment of the daemon.
    package var environment: [String: String] = [:]

    /// A daemon for `root` that starts the program `worker` for its jobs.
    package init(root: URL, configuration: String = "", worker: String = "fake-worker") throws {
        self.root = root
        self.worker = worker
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

    /// Starts the daemon, with more in its environment than the tests have.
    package func start(
        _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws {
        let process = Process()
        process.executableURL = Self.programs.appending(path: "sluiced")
        process.arguments =
            ["--root", root.path, "--worker", Self.programs.appending(path: worker).path]
            + arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(self.environment) { $1 }.merging(environment) { $1 }
        let log = logURL.path
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

    /// Runs `sluice` on `root`.
    ///
    /// - Returns: its exit code and what it printed.
    package static func sluice(
        _ arguments: [String], root: URL
    ) throws -> (code: Int32, text: String) {
        let process = Process()
        process.executableURL = programs.appending(path: "sluice")
        process.arguments = arguments + ["--root", root.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    /// Sends `signal` and waits for the end.
    ///
    /// - Returns: the exit code; nil when a signal ended it.
    @discardableResult
    package func kill(with signal: Int32) -> Int32? {
        guard let process else { return nil }
        Glibc.kill(process.processIdentifier, signal)
        return waitForEnd()
    }

    @discardableResult
    package func waitForEnd() -> Int32? {
        guard let process else { return nil }
        process.waitUntilExit()
        self.process = nil
        return process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// The processes that the daemon has started.
    package var workers: [pid_t] {
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
    package var results: [String] {
        let path = root.appending(path: "Outbox").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
            .filter { !$0.contains("status.json") }.sorted()
    }

    /// Where the daemon's standard error goes.
    package var logURL: URL { root.appending(path: "daemon.log") }

    package var log: String {
        (try? String(contentsOf: logURL, encoding: .utf8)) ?? ""
    }

    /// Looks at a condition until it holds; the daemon is another process, so there is nothing else
    /// to wait for.
    package func wait(
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
