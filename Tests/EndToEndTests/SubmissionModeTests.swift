import Foundation
import TestSupport
import Testing

/// A daemon of the same group must be able to move what its users submit.
@Suite(.timeLimit(.minutes(20))) struct SubmissionModeTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: [("002", 0o775), ("022", 0o755), ("077", 0o700)])
    func `a submission has the mode that the umask says`(_ umask: String, _ mode: Int) throws {
        try withTemporaryDirectory { root in
            let inbox = root.appending(path: "Inbox")
            try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
            let job = Self.repository.appending(path: "etc/jobs/stripes-on-digits").path
            let sluice = RunningDaemon.programs.appending(path: "sluice").path
            let command = #"umask "$0"; exec "$1" submit "$2" --root "$3""#
            let outcome = try BuiltProgram(at: URL(filePath: "/bin/sh"))
                .run(["-c", command, umask, sluice, job, root.path], in: root)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: inbox.path)
            let submission = inbox.appending(path: try #require(names.first))
            let attributes = try FileManager.default.attributesOfItem(atPath: submission.path)
            #expect(attributes[.posixPermissions] as? Int == mode)
        }
    }
}
