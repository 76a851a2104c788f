import Daemon
import Foundation
import Glibc
import Logging
import TestSupport
import Testing

/// Hooks are real programs, started by the real daemon.
@Suite(.timeLimit(.minutes(5))) struct HooksTests {
    /// Puts the program `hooks/NAME` beside the configuration.
    private func write(_ script: String, as name: String, for daemon: RunningDaemon) throws {
        let url = daemon.root.appending(path: "etc/hooks/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }

    private func lines(of name: String, in root: URL) -> [String] {
        // A hook that has not run yet has written nothing.
        let text = try? String(contentsOf: root.appending(path: name), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }

    @Test func `each result calls its hook with its folder, which is complete`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "on_success: hooks/good\non_failure: hooks/bad\n")
            let note = #"echo "$# $1" >>"#
            let whole = #"test -f "$1/manifest.json""#
            try write("\(whole) && \(note) '\(root.path)/good'; cat", as: "good", for: daemon)
            let failed = #"test -f "$1/error.json""#
            try write("\(failed) && \(note) '\(root.path)/bad'", as: "bad", for: daemon)
            try SampleJobs.submit("a", to: root)
            try SampleJobs.submit("b", fake: "fail", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let results = daemon.results.map { "1 \(root.path)/Outbox/\($0)" }
            #expect(lines(of: "good", in: root) == results.filter { !$0.hasSuffix(".failed") })
            #expect(lines(of: "bad", in: root) == results.filter { $0.hasSuffix(".failed") })
            #expect(results.count == 2)
            #expect(!daemon.log.contains("hook failed"))
        }
    }

    @Test func `a hook that takes too long is ended with its children, and only logged`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "on_success: hooks/slow\nhook_time_limit: 500 ms\n")
            let script = "sleep 600 & echo $! >> '\(root.path)/pids'; echo waiting; wait"
            try write(script, as: "slow", for: daemon)
            try SampleJobs.submit("a", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.log.contains("hook failed"), "\(daemon.log)")
            #expect(daemon.log.contains("it took longer than"))
            #expect(daemon.log.contains("waiting"))
            let child = try #require(lines(of: "pids", in: root).first.flatMap { pid_t($0) })
            daemon.wait { Glibc.kill(child, 0) != 0 }
        }
    }

    @Test func `jobs go on while a hook runs, and a daemon that ends ends it`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "on_success: hooks/slow\ndrain: 300 ms\n")
            let script = "echo $$ >> '\(root.path)/pids'; exec sleep 600"
            try write(script, as: "slow", for: daemon)
            for number in 0..<5 { try SampleJobs.submit("job\(number)", to: root) }
            try daemon.start()
            daemon.wait { daemon.results.count == 5 }
            daemon.wait { !lines(of: "pids", in: root).isEmpty }
            // One after the other: the first has kept the others from being run.
            #expect(lines(of: "pids", in: root).count == 1)
            #expect(daemon.kill(with: SIGTERM) == 0)
            let hook = try #require(lines(of: "pids", in: root).first.flatMap { pid_t($0) })
            daemon.wait { Glibc.kill(hook, 0) != 0 }
        }
    }

    @Test func `hooks that a daemon has not run to their end are run by the next`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "on_success: hooks/once\ndrain: 100 ms\n")
            try write("echo $$ >> '\(root.path)/pids'; exec sleep 600", as: "once", for: daemon)
            for number in 0..<3 { try SampleJobs.submit("job\(number)", to: root) }
            try daemon.start()
            daemon.wait { daemon.results.count == 3 }
            daemon.wait { !lines(of: "pids", in: root).isEmpty }
            #expect(daemon.kill(with: SIGTERM) == 0)
            #expect(daemon.log.contains("hooks wait for the next start"), "\(daemon.log)")
            try write("echo \"$1\" >> '\(root.path)/told'", as: "once", for: daemon)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let told = lines(of: "told", in: root)
            #expect(told.sorted() == daemon.results.map { "\(root.path)/Outbox/\($0)" }.sorted())
            // Those that were run are not run again.
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(lines(of: "told", in: root).count == 3)
        }
    }

    @Test func `a hook that fails is logged with what it said`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "on_success: hooks/bad\n")
            try write("echo no mail today >&2; exit 3", as: "bad", for: daemon)
            try SampleJobs.submit("a", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.results.count == 1)
            #expect(daemon.log.contains("it ended with code 3"), "\(daemon.log)")
            #expect(daemon.log.contains("no mail today"))
        }
    }

    @Test(arguments: ["hooks/none", "/nowhere/none", ".", "sluice.yaml"])
    func `a hook that cannot be run keeps the daemon from starting`(_ path: String) throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "on_failure: \(path)\n")
            try daemon.start()
            #expect(daemon.waitForEnd() == 78)
            let place = "\(root.path)/etc/sluice.yaml:3:13: on_failure names "
            #expect(daemon.log.contains(place), "\(daemon.log)")
        }
    }

    @Test func `all hooks that cannot be run are told at once, with their places`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "on_failure: none\non_success:   \"none\"\n")
            try daemon.start()
            #expect(daemon.waitForEnd() == 78)
            #expect(daemon.log.contains("sluice.yaml:3:13: on_failure names no program: there is"))
            #expect(daemon.log.contains("sluice.yaml:4:15: on_success names no program: there is"))
        }
    }
}
