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
}
