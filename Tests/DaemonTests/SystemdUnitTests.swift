import Foundation
import TestSupport
import Testing

private let analysis = "/usr/bin/systemd-analyze"

/// What systemd's own analysis says of the unit; where it is not installed, nothing is said.
@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: analysis)),
    .timeLimit(.minutes(5)))
struct SystemdUnitTests {
    /// The highest exposure that the service may have, times ten.
    private static let threshold = 15

    private static let units = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "etc/systemd")

    private var unit: String {
        get throws { try Self.text("sluiced.service") }
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: units.appending(path: name), encoding: .utf8)
    }

    /// Runs the analysis on a unit of the name that it has in use.
    private func analyze(_ arguments: [String], _ unit: String) throws -> BuiltProgram.Outcome {
        try withTemporaryDirectory { folder in
            let url = folder.appending(path: "sluiced.service")
            try Data(unit.utf8).write(to: url)
            return try BuiltProgram(at: URL(filePath: analysis))
                .run(arguments + [url.path], in: folder)
        }
    }

    private func isSafe(_ unit: String) throws -> Bool {
        let threshold = "--threshold=\(Self.threshold)"
        let outcome = try analyze(["security", "--offline=true", "--no-pager", threshold], unit)
        #expect(outcome.output.contains("Overall exposure level"), "\(outcome.errors)")
        return outcome.status == 0
    }

    /// The unit with the built program in place of the installed one.
    private func mistakes(_ unit: String) throws -> String {
        let built = unit.replacing("=/usr/bin/", with: "=\(RunningDaemon.programs.path)/")
        return try analyze(["verify", "--man=no", "--recursive-errors=no"], built).errors
    }

    private func adding(_ name: String) throws -> String {
        try unit + Self.text("sluiced.service.d/\(name).conf")
    }

    @Test func `the unit has no mistakes`() throws {
        #expect(try mistakes(unit) == "")
    }

    @Test func `the analysis notices a mistake in the unit`() throws {
        let wrong = try unit.replacing("ProtectHome=yes", with: "ProtectHome=perhaps")
        #expect(try mistakes(wrong).contains("perhaps"))
    }

    @Test func `the service is hardly exposed`() throws {
        #expect(try isSafe(unit))
    }

    @Test(arguments: ["gpu", "slurm"])
    func `nor is it with a drop-in, which has no mistakes`(_ name: String) throws {
        let unit = try adding(name)
        #expect(try mistakes(unit) == "")
        #expect(try isSafe(unit))
    }

    @Test func `nor is the page, whose unit has no mistakes`() throws {
        let page = try Self.text("sluice-page.service")
        #expect(try mistakes(page) == "")
        #expect(page.contains("\nNice=5\n"))
        #expect(try isSafe(page))
    }

    @Test(arguments: [
        ["CapabilityBoundingSet", "PrivateUsers", "User"], ["SystemCallFilter"],
        ["PrivateNetwork", "IPAddressDeny", "RestrictAddressFamilies", "RestrictNamespaces"],
    ])
    func `the analysis notices when lines are missing`(_ keys: [String]) throws {
        let lines = try unit.split(separator: "\n", omittingEmptySubsequences: false)
        let left = lines.filter { line in !keys.contains { line.hasPrefix("\($0)=") } }
        #expect(left.count < lines.count)
        #expect(try !isSafe(left.joined(separator: "\n")))
    }

    @Test func `what the daemon needs of the unit is there`() throws {
        let lines = Set(try unit.split(separator: "\n").map(String.init))
        for line in [
            "Type=notify", "KillMode=mixed", "OOMPolicy=continue",
            "RestartPreventExitStatus=64 78",
        ] {
            #expect(lines.contains(line))
        }
        #expect(!lines.contains("MemoryDenyWriteExecute=yes"))
        // Not even folders of other services.
        #expect(!lines.contains { $0.hasPrefix("ReadWritePaths=") })
    }
}
