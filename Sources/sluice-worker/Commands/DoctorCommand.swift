import ArgumentParser
import Foundation
import Programs
import Worker

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check libtorch, devices and models; sluice doctor asks this program.")

    @Option(help: "The folder whose Models/ is looked at.") var root = "."

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let models = ["\(root)/Models"] + Installation.folders(named: "Models")
        let findings = WorkerDiagnosis(models: models).findings
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
