import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// What is shown of a job whose worker is still at work.
@Suite struct JobRegistryLogTests {
    private static let id = "20260101-000000-000001"

    /// The log of a job in its second attempt, of which there are these files.
    private func log(_ content: [String: String]) throws -> String? {
        try withTemporaryDirectory { root in
            for (path, text) in content {
                let url = root.appending(path: ".work/jobs/\(Self.id)/\(path)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            var record = JobRecord(
                id: Self.id, name: "job", state: .running(attempt: 2), accepted: 0)
            record.attempts = 2
            let registry = JobRegistry(files: try LinuxFileSystem(root: root.path))
            return try registry.log(of: JobEntry(record)).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    private let first = "attempt 1\none\nended: killed\n"

    @Test func `nothing is said of a job that nobody has worked on`() throws {
        #expect(try log([:]) == nil)
    }

    @Test func `what is said now comes after the attempts that have ended`() throws {
        #expect(try log(["log.txt": first]) == first)
        #expect(
            try log(["log.txt": first, "live.txt": "attempt 2\ntwo\n"])
                == first + "attempt 2\ntwo\n")
        #expect(try log(["live.txt": "attempt 2\ntwo\n"]) == "attempt 2\ntwo\n")
    }

    @Test func `what a worker of Slurm says is shown too`() throws {
        #expect(
            try log(["log.txt": first, "run.2.slurm/log": "two\n"]) == first + "attempt 2\ntwo\n")
    }

    @Test func `what is in the log already is not shown twice`() throws {
        let both = first + "attempt 2\ntwo\nended: finished\n"
        #expect(try log(["log.txt": both, "run.2.slurm/log": "two\n"]) == both)
        #expect(try log(["log.txt": both, "live.txt": "attempt 2\ntwo\n"]) == both)
    }
}
