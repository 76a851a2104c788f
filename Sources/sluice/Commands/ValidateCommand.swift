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
            What a file is, is told by its keys.
            """)

    @Argument(help: ArgumentHelp("The files to check.", valueName: "file"))
    var files: [String]

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() throws {
        let outcomes = files.map { file in
            let (kind, error) = DocumentKind.check(path: file)
            return Outcome(file: file, kind: kind, error: error)
        }
        if json {
            print(YAMLValue.sequence(outcomes.map(\.value)).json, terminator: "")
        } else {
            outcomes.forEach { $0.report() }
        }
        if let exit = outcomes.lazy.compactMap(\.exit).first { throw ExitCode(exit.rawValue) }
    }
}

/// What checking one file gave.
private struct Outcome {
    let file: String
    let kind: DocumentKind?
    let error: JobError?

    /// Nil when the file is right.
    var exit: SystemExit? { error.map { SystemExit($0) } }

    func report() {
        if let error {
            StandardError.write(error.description)
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
