import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

private let setpriv = "/usr/bin/setpriv"

/// What `sluice status` says to those who may not see everything.
@Suite(
    .enabled(if: geteuid() != 0 || access(setpriv, X_OK) == 0, "root may see everything"),
    .timeLimit(.minutes(5)))
struct StatusCommandTests {
    /// Runs `sluice` as somebody for whom modes count, which they do not for root.
    private func sluice(_ command: String, _ root: URL) throws -> BuiltProgram.Outcome {
        let program = RunningDaemon.programs.appending(path: "sluice")
        let arguments = [command, "--root", root.path]
        let folder = root.deletingLastPathComponent()
        guard geteuid() == 0 else {
            return try BuiltProgram(at: program).run(arguments, in: folder)
        }
        let rights = ["--bounding-set=-all", "--inh-caps=-all", program.path]
        return try BuiltProgram(at: URL(filePath: setpriv)).run(rights + arguments, in: folder)
    }

    /// A root where a daemon has been, with nobody let into `closed`.
    private func withRoot(closed: String, _ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let root = folder.appending(path: "root")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: false)
            let files = try LinuxFileSystem(root: root.path)
            for folder in [Layout.inbox, Layout.outbox, Layout.work] {
                try files.createFolder(folder)
            }
            try files.create(Layout.alive, holding: [])
            var status = StatusDocument(
                activity: .running, pid: 1, started: 1, updated: 2, watching: "inotify")
            status.finished = 3
            try files.create(Layout.status, holding: Array(JSONEncoder().encode(status)))
            let path = root.appending(path: closed).path
            chmod(path, 0)
            defer { chmod(path, 0o700) }
            try body(root)
        }
    }

    @Test func `the status is shown where nobody may see whether the daemon runs`() throws {
        try withRoot(closed: ".work") { root in
            let outcome = try sluice("status", root)
            #expect(outcome.status == 77)
            #expect(
                outcome.output.hasPrefix("cannot see whether the daemon runs"),
                "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("3 finished"))
        }
    }

    @Test(arguments: ["status", "list"])
    func `without the right to the root the exit code is that of rights`(
        _ command: String
    ) throws {
        try withRoot(closed: "") { root in
            let outcome = try sluice(command, root)
            #expect(outcome.status == 77)
            #expect(outcome.errors.contains("permission denied"), "\(outcome.errors)")
        }
    }
}
