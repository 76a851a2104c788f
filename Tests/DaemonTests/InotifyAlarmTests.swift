import Daemon
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct InotifyAlarmTests {
    @Test(arguments: [(EACCES, false), (EPERM, false), (ENOSPC, true), (ENOMEM, true)])
    func `only a lack that all folders share makes the alarm poll`(_ code: Int32, _ matters: Bool) {
        #expect(InotifyAlarm.mattersToAll(code) == matters)
    }

    /// Nothing is closed to the superuser.
    @Test(.enabled(if: geteuid() != 0))
    func `a folder that cannot be watched does not make the alarm poll`() throws {
        try withTemporaryDirectory { root in
            let locked = root.appending(path: "Inbox/locked").path
            try FileManager.default.createDirectory(
                atPath: locked, withIntermediateDirectories: true)
            chmod(locked, 0)
            defer { chmod(locked, 0o700) }
            let alarm = InotifyAlarm(files: try LinuxFileSystem(root: root.path))
            alarm.start {}
            defer { alarm.stop() }
            alarm.watch([FileName("locked")])
            #expect(alarm.mode == .inotify)
        }
    }

    @Test func `a folder that was not watched before is told once`() throws {
        try withTemporaryDirectory { root in
            try FileManager.default.createDirectory(
                at: root.appending(path: "Inbox/album"), withIntermediateDirectories: true)
            let alarm = InotifyAlarm(files: try LinuxFileSystem(root: root.path))
            alarm.start {}
            defer { alarm.stop() }
            #expect(!alarm.watch([]))
            #expect(alarm.watch([FileName("album")]))
            #expect(!alarm.watch([FileName("album")]))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `an Inbox that was replaced is told to be watched anew`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let inbox = root.appending(path: "Inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        let alarm = InotifyAlarm(files: try LinuxFileSystem(root: root.path))
        let (rings, ring) = AsyncStream.makeStream(of: Void.self)
        alarm.start { ring.yield() }
        defer { alarm.stop() }
        #expect(!alarm.watch([]))
        try FileManager.default.moveItem(at: inbox, to: root.appending(path: "Old"))
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        for await _ in rings where alarm.watch([]) { break }
        #expect(!alarm.watch([]))
    }
}
