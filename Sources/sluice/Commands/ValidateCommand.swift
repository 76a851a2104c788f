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
            not tell.
            """)

    @Argument(help: ArgumentHelp("The files to check.", valueName: "file"))
    var files: [String]

    @Option(name: .customLong("as"), help: "What the files are meant to be.")
    var kind: DocumentKind?

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() throws {
        let outcomes = files.map { file in
            Outcome(file: file, check: DocumentCheck(path: file, as: kind))
        }
        if json {
            print(YAMLValue.sequence(outcomes.map(\.value)).json, terminator: "")
        } else {
            outcomes.forEach { $0.report() }
        }
        if let exit = outcomes.lazy.compactMap(\.exit).first { throw ExitCode(exit.rawValue) }
    }
}

extension DocumentKind: ExpressibleByArgument {}

/// What checking one file gave.
private struct Outcome {
    let file: String
    let check: DocumentCheck

    private var kind: DocumentKind? { check.kind }
    private var error: JobError? { check.error }

    /// Nil when the file is right.
    var exit: SystemExit? { error.map { SystemExit($0) } }

    func report() {
        if let error {
            StandardError.write(error.description)
            guard check.isGuess else { return }
            StandardError.write(
                "\(file): no key tells what it is, so it was checked as a job; if it is another "
                    + "kind, say so, as with --as configuration")
        } else {
            print("\(file): a valid \(kind?.rawValue ?? "file")")
        }
    }

    var value: YAMLValue {
        [
            "file": .text(file),
            "kind": kind.map { .text($0.rawValue) } ?? .null,
            "valid": .boolean(error == nil),
            "errors": .sequence(errors),
        ]
    }

    private var errors: [YAMLValue] {
        guard let error else { return [] }
        guard !error.issues.isEmpty else { return [["message": .text(error.description)]] }
        return error.issues.map { issue in
            [
                "file": .text(issue.position.file), "line": .integer(issue.position.line),
                "column": .integer(issue.position.column), "message": .text(issue.problem),
                "hint": .text(issue.remedy),
            ]
        }
    }
}
