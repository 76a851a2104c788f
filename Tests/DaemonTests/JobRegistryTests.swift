import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

@Suite struct JobRegistryTests {
    private static let id = "20260101-000000-000001"

    /// Calls `body` with the jobs of a root in which an attempt was under way when the daemon was
    /// killed.
    private func withInterruptedJob(_ body: (LinuxFileSystem, JobRegistry) throws -> Void) throws {
        try withTemporaryDirectory { root in
            let files = try LinuxFileSystem(root: root.path)
            for folder in [Layout.outbox, Layout.work, Layout.jobs, Layout.job(Self.id)] {
                try files.createFolder(folder)
            }
            var record = JobRecord(
                id: Self.id, name: "job", state: .running(attempt: 1), accepted: 0)
            record.attempts = 1
            let state = try JSONEncoder().encode(record)
            try files.create(Layout.state(Self.id), holding: Array(state))
            try body(files, JobRegistry(files: files))
        }
    }

    @Test func `a job that no daemon works on is not running`() throws {
        try withInterruptedJob { files, registry in
            let entry = try #require(try registry.entries().first)
            #expect(entry.state == .queued)
            #expect(entry.waitsFor == "a daemon; none works here now")
            let lock = try files.lock()
            defer { withExtendedLifetime(lock) {} }
            let attended = try #require(try registry.entries().first)
            #expect((attended.state, attended.waitsFor) == (.running, nil))
        }
    }

    @Test func `the newest results are found among others, whatever their names`() throws {
        try withInterruptedJob { files, registry in
            let names = [
                "b--20260101-000000-000002", "a--20260101-000000-000003.failed",
                "c--20251231-235959-00000f", "a--20260101-000000-000001", "no result at all",
                "c--20260102-000000-00000G", "c--20260102-000000-00000a.other",
                "--20260103-000000-000001", "ü--20260101-000001-000000",
            ]
            for name in names { try files.createFolder(Layout.outbox / name) }
            let newest = try registry.newest(3)
            #expect(newest.map(\.result) == [names[8], names[1], names[0]])
            #expect(newest.map(\.state) == [.finished, .failed, .finished])
            #expect(try registry.newest(50).map(\.result).suffix(2) == [names[3], names[2]])
            let ended = try registry.entries().filter { !$0.isActive }
            #expect(try registry.newest(50) == ended.reversed())
        }
    }

    @Test func `what its worker said is still shown`() throws {
        try withInterruptedJob { files, registry in
            let said = Array("attempt 1\none\n".utf8)
            try files.create(Layout.live(Self.id), holding: said)
            let entry = try #require(try registry.entries().first)
            #expect(try registry.log(of: entry) == said)
        }
    }

    /// A root in which a job was taken from the Inbox, and nothing written down about it yet.
    private func withTakenJob(_ body: (LinuxFileSystem, JobRegistry) throws -> Void) throws {
        try withInterruptedJob { files, registry in
            try files.remove(Layout.state(Self.id))
            try files.createFolder(Layout.wishes)
            #expect(try registry.entries().isEmpty)
            try files.createFolder(Layout.submitted(Self.id))
            #expect(try registry.entries().isEmpty)
            try files.create(Layout.submitted(Self.id) / "face.yaml", holding: [])
            try body(files, registry)
        }
    }

    @Test func `a job that was only just accepted is known by its name`() throws {
        try withTakenJob { files, registry in
            let entry = try registry.entry("face", among: registry.entries())
            #expect((entry.id, entry.state) == (Self.id, .queued))
        }
    }

    @Test func `a job that cannot be read is listed with the reason, and can be cancelled`() throws
    {
        try withTakenJob { files, registry in
            // No file can be read where there is a folder.
            try files.createFolder(Layout.state(Self.id))
            let lock = try files.lock()
            defer { withExtendedLifetime(lock) {} }
            let entry = try registry.entry("face", among: registry.entries())
            #expect((entry.id, entry.state, entry.attempts) == (Self.id, .queued, nil))
            #expect(entry.waitsFor?.hasPrefix("its record: cannot read .work/jobs/") == true)
            try registry.leave(JobWish(.cancel, entry.id))
            #expect(try files.exists(Layout.wishes / "\(Self.id).cancel"))
        }
    }
}
