import ArgumentParser
import Datasets
import FoundationEssentials
import Programs

struct DatasetVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a data set with its manifest.")

    @Argument(help: "An IDX file with its manifest beside it, or the manifest NAME.json.")
    var file: String

    @Flag(help: "Compare the sources as well.") var sources = false

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        try reportingErrors {
            let findings = try DatasetVerification(of: file).findings(includingSources: sources)
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [
                    .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
                ]
                print(String(decoding: try encoder.encode(findings), as: UTF8.self))
            } else {
                for finding in findings {
                    print(printable("\(finding.file): \(finding.problem ?? "OK")"))
                }
            }
            guard findings.allSatisfy({ $0.problem == nil }) else {
                throw ExitCode(SystemExit.badData.rawValue)
            }
        }
    }
}
