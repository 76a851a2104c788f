import Foundation
import TestSupport
import Testing

/// Whether the trial is asked for.
private let isWanted = ProcessInfo.processInfo.environment["SLUICE_TEST_SERVICE"] != nil

/// The unit under a real systemd, in namespaces, with the real worker: where that can be tried.
///
/// Programs in a folder that the unit hides, such as one in `/tmp`, cannot be started by it.
@Suite(
    .serialized, .timeLimit(.minutes(20)),
    .enabled(
        if: isWanted, "SLUICE_TEST_SERVICE is not set"))
struct ServiceUnitTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// - Returns: how the trial of the unit ended; nil where it cannot be tried.
    private func attempt(_ change: (String) -> String) throws -> BuiltProgram.Outcome? {
        let unit = Self.repository.appending(path: "etc/systemd/sluiced.service")
        let text = try String(contentsOf: unit, encoding: .utf8)
        return try withTemporaryDirectory { folder in
            let changed = folder.appending(path: "unit")
            try Data(change(text).utf8).write(to: changed)
            let script = Self.repository.appending(path: "Scripts/try-service")
            let outcome = try BuiltProgram(at: script)
                .run([RunningDaemon.programs.path, changed.path], in: folder)
            return outcome.status == 77 ? nil : outcome
        }
    }

    @Test func `a real job is done under the restrictions of the unit`() throws {
        guard let outcome = try attempt({ $0 }) else { return }
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = Set(outcome.output.split(whereSeparator: \.isNewline).map(String.init))
        for line in [
            "NoNewPrivs:\t1", "Seccomp:\t2", "CapBnd:\t0000000000000000",
            "CapEff:\t0000000000000000", "ActiveState=active", "Result=success",
            "ExecMainStatus=0",
        ] {
            #expect(lines.contains(line), "\(line) is not in \(lines)")
        }
    }

    @Test func `the trial notices a restriction that a job cannot live with`() throws {
        let strict = "MemoryDenyWriteExecute=yes\nLockPersonality=yes"
        let outcome = try attempt { $0.replacing("LockPersonality=yes", with: strict) }
        guard let outcome else { return }
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("could not create a primitive"), "\(outcome.errors)")
    }
}
