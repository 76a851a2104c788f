import ArgumentParser
import Jobs
import Programs
import YAML

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check jobs, recipes, experiments and configurations without running them.",
        discussion: """
            Every mistake is reported as file:line:column: what is wrong; what to write instead. \
            What a file is, is told by its keys; sluice.yaml is a configuration also when they do \
            not tell. Jobs are prepared as sluice run does, up to the first iteration: what their \
            pictures, masks, matrices and models make wrong is told too. Of what is not there yet \
            only a note is made.
            """)

    @Argument(help: ArgumentHelp("The files to check.", valueName: "file"))
    var files: [String]

    @Option(name: .customLong("as"), help: "What the files are meant to be.")
    var kind: DocumentKind?

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() throws {
        var outcomes = files.map { file in
            ValidationOutcome(file: file, check: DocumentCheck(path: file, as: kind))
        }
        let jobs = outcomes.indices.filter { outcomes[$0].isReadableJob }
        let preparation = JobPreparation(jobs.map { outcomes[$0].file })
        for (place, index) in jobs.enumerated() { outcomes[index].job = preparation.jobs[place] }
        if let excuse = preparation.excuse {
            StandardError.write(
                "note: pictures, models and other files of jobs were not looked at: \(excuse)")
        }
        if json {
            print(YAMLValue.sequence(outcomes.map(\.value)).json, terminator: "")
        } else {
            outcomes.forEach { $0.report() }
        }
        if let code = outcomes.lazy.compactMap(\.exitCode).first { throw ExitCode(code) }
    }
}

extension DocumentKind: ExpressibleByArgument {}
