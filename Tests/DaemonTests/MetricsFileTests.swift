import Daemon
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct MetricsFileTests {
    private func write(_ text: String, to file: MetricsFile) async -> DaemonError? {
        await withCheckedContinuation { done in file.write(text) { done.resume(returning: $0) } }
    }

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sluice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `the file is replaced as a whole and may be read by all`() async throws {
        let folder = try temporaryFolder()
        // The folder is a temporary one in any case.
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "sluice.prom")
        let file = MetricsFile(path: url.path)
        // What a crash left behind is in nobody's way, and a link is not followed.
        try FileManager.default.createSymbolicLink(
            atPath: url.path + ".tmp", withDestinationPath: folder.appending(path: "other").path)
        #expect(await write("old\n", to: file) == nil)
        let reader = try FileHandle(forReadingFrom: url)
        #expect(await write("new\n", to: file) == nil)
        #expect(try reader.readToEnd() == Data("old\n".utf8))
        #expect(try String(contentsOf: url, encoding: .utf8) == "new\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["sluice.prom"])
    }

    @Test func `a file that cannot be written is an error, and nothing is left`() async throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(await write("x\n", to: MetricsFile(path: "/nowhere/f"))?.path == "/nowhere/f")
        let taken = folder.appending(path: "taken")
        try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
        let error = await write("x\n", to: MetricsFile(path: taken.path))
        #expect(error?.operation == "replace")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
    }

    @Test func `the daemon writes the numbers of its jobs`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "metrics: sluice.prom\n")
            try SampleJobs.submit("good", to: root)
            try SampleJobs.submit("bad", fake: "fail", to: root)
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            let url = root.appending(path: "sluice.prom")
            let values = try MetricsReading(String(contentsOf: url, encoding: .utf8)).values
            #expect(values[#"sluice_jobs_total{result="finished"}"#] == 1)
            #expect(values[#"sluice_jobs_total{result="failed"}"#] == 1)
            #expect(values["sluice_attempt_duration_seconds_count"] == 2)
            #expect(values["sluice_workers_started_total"].map { $0 >= 1 } == true)
            #expect(values["sluice_disk_free_bytes"].map { $0 > 1e6 } == true)
        }
    }

    @Test func `numbers that cannot be written hurt no job, and are complained of once`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "metrics: nowhere/sluice.prom\n")
            for number in 0..<3 { try SampleJobs.submit("job\(number)", to: root) }
            try daemon.start(["--once"])
            #expect(daemon.waitForEnd() == 0, "\(daemon.log)")
            #expect(daemon.results.count == 3)
            #expect(daemon.log.components(separatedBy: "metrics not written").count == 2)
        }
    }

    @Test func `files in the folders for jobs are told from others`() throws {
        try withTemporaryDirectory { folder in
            let root = folder.appending(path: "root").path
            for name in ["Inbox", "Outbox", "Metrics"] {
                try FileManager.default.createDirectory(
                    atPath: "\(root)/\(name)", withIntermediateDirectories: true)
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/link", withDestinationPath: "Outbox")
            func place(_ path: String) -> String? {
                MetricsFile.occupiedFolder(of: "\(root)/\(path)", root: root)
            }
            for path in ["Outbox/status.json", "Outbox/a/b.prom", "link/x", "Metrics/../Outbox/x"] {
                #expect(place(path) == "Outbox", "\(path)")
            }
            #expect(place("Inbox//a.prom") == "Inbox")
            #expect(place("Inbox") == "Inbox")
            // The daemon makes it only when it starts.
            #expect(place(".work/lock") == ".work")
            #expect(place("none/../.work/./lock") == ".work")
            for path in ["Metrics/a.prom", "Outbox2/a.prom", "a.prom", "none/a.prom"] {
                #expect(place(path) == nil, "\(path)")
            }
            #expect(MetricsFile.occupiedFolder(of: "/a.prom", root: root) == nil)
        }
    }

    @Test func `a daemon whose numbers would replace its status does not start`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "metrics: Outbox/status.json\n")
            try daemon.start()
            #expect(daemon.waitForEnd() == 78)
            #expect(
                daemon.log.contains("sluice.yaml:3:10: metrics names a file in Outbox, which"),
                "\(daemon.log)")
        }
    }
}
