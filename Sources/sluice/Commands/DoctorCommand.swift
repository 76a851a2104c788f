import ArgumentParser
import FoundationEssentials
import Jobs
import Programs

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check libraries, devices, models, folders and limits, and say what to do.",
        discussion: """
            Without --config it looks at etc/sluice.yaml of the root, or else at \
            \(ConfigurationFile.installed) when that is for the same root. The exit code is 69 \
            when something cannot be done.
            """)

    @Option(help: "The configuration of sluiced.") var config: String?

    @Option(help: "The folder of Inbox and Outbox; by default what the configuration says.")
    var root: String?

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let findings = findings(ServiceConfiguration(path: config, root: root))
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

    private func findings(_ service: ServiceConfiguration) -> [Finding] {
        ProgramDiagnosis(models: service.models).findings + [service.finding]
            + UserDiagnosis(root: service.root).findings
            + FolderDiagnosis(root: service.root, reserve: service.spec.reserve).findings
            + ListenerDiagnosis(configuration: service).findings
            + SlurmDiagnosis(executor: service.spec.executor).findings + LimitDiagnosis().findings
    }
}
