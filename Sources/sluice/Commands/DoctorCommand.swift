import ArgumentParser
import FoundationEssentials
import Programs

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check libraries, devices, models, folders and limits, and say what to do.",
        discussion: "The exit code is 69 when something cannot be done.")

    @Option(help: "The folder of Inbox and Outbox.") var root = "."

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let findings =
            ProgramDiagnosis(root: root).findings + FolderDiagnosis(root: root).findings
            + SlurmDiagnosis(root: root).findings + LimitDiagnosis().findings
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(findings), as: UTF8.self))
        } else {
            for finding in findings { print(finding.text) }
        }
        if findings.contains(where: { $0.state == .fails }) {
            throw ExitCode(SystemExit.unavailable.rawValue)
        }
    }
}
