import ArgumentParser
import Foundation
import Programs
import Worker

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check libtorch, devices and models; sluice doctor asks this program.")

    @Option(help: "A folder of models beside those that were installed; may be given repeatedly.")
    var models: [String] = []

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let models = models + Installation.folders(named: "Models")
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
