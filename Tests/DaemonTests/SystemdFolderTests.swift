import Foundation
import Glibc
import TestSupport
import Testing

private let tool = "/usr/bin/systemd-tmpfiles"

/// What systemd makes of the folders of the service; where it is not installed, nothing is made.
@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: tool)), .timeLimit(.minutes(5)))
struct SystemdFolderTests {
    private static let description = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "etc/systemd/tmpfiles.d/sluice.conf")

    /// Makes the folders beneath `folder`, which whoever runs the tests then owns.
    private func make(
        in folder: URL, _ change: (String) -> String = { $0 }
    ) throws -> BuiltProgram.Outcome {
        let text = try String(contentsOf: Self.description, encoding: .utf8)
            .replacing("/var/lib/sluice", with: folder.appending(path: "root").path)
            .replacing(" sluice sluice ", with: " \(geteuid()) \(getegid()) ")
            .replacing("group:sluice:", with: "group:\(getegid()):")
        let file = folder.appending(path: "sluice.conf")
        try Data(change(text).utf8).write(to: file)
        return try BuiltProgram(at: URL(filePath: tool)).run(["--create", file.path], in: folder)
    }

    @Test func `the folders are made as they should be, without complaint`() throws {
        try withTemporaryDirectory { folder in
            let outcome = try make(in: folder)
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
            let modes = [
                ("root", 0o755), ("root/Inbox", 0o2770), ("root/Outbox", 0o2750),
                ("root/Metrics", 0o755),
            ]
            for (name, mode) in modes {
                var status = stat()
                try #require(stat(folder.appending(path: name).path, &status) == 0)
                #expect(status.st_mode & 0o7777 == mode, "\(name)")
            }
            // With a default access list, what is made there is the group's whatever the umask says.
            let inbox = folder.appending(path: "root/Inbox")
            let shell = BuiltProgram(at: URL(filePath: "/bin/sh"))
            #expect(try shell.run(["-c", "umask 077; : > file"], in: inbox).status == 0)
            var status = stat()
            try #require(stat(inbox.appending(path: "file").path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o660)
        }
    }

    /// systemd 252 knows no X in access lists, ignores the line and ends well.
    @Test func `an access list that is not understood is noticed`() throws {
        try withTemporaryDirectory { folder in
            let outcome = try make(in: folder) { $0.replacing(":rwx", with: ":rwz") }
            #expect(outcome.errors.contains("ACL"))
        }
    }
}
