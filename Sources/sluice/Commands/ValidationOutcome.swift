import Jobs
import Programs
import YAML

/// What checking one file gave.
struct ValidationOutcome {
    let file: String
    let check: DocumentCheck
    /// What the worker says of a job; nil for all else, and where it was not asked.
    var job: CheckedJob?

    init(file: String, check: DocumentCheck) {
        self.file = file
        self.check = check
    }

    private var error: JobError? { check.error }

    /// Whether the file is a job without a mistake of its own.
    var isReadableJob: Bool { check.kind == .job && error == nil }

    /// Nil when there is nothing against the file.
    var exitCode: Int32? {
        if let error { return SystemExit(error).rawValue }
        return job?.failure == nil ? nil : job?.exitCode
    }

    func report() {
        for note in job?.missing ?? [] { StandardError.write("note: \(note)") }
        if let error {
            StandardError.write(error.description)
            guard check.isGuess else { return }
            StandardError.write(
                "\(file): no key tells what it is, so it was checked as a job; if it is another "
                    + "kind, say so, as with --as configuration")
        } else if let failure = job?.failure {
            StandardError.write(failure.description)
        } else {
            print("\(file): a valid \(check.kind?.rawValue ?? "file")")
        }
    }

    var value: YAMLValue {
        [
            "file": .text(file),
            "kind": check.kind.map { .text($0.rawValue) } ?? .null,
            "valid": .boolean(exitCode == nil),
            "errors": .sequence(errors),
            "notes": .sequence((job?.missing ?? []).map { .text($0) }),
        ]
    }

    private var errors: [YAMLValue] {
        guard let error else { return job?.failure.map { [$0.value] } ?? [] }
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

extension JobFailure {
    /// The failure as `--json` shows mistakes; what it does not know is left out.
    fileprivate var value: YAMLValue {
        let fields: [(String, YAMLValue?)] = [
            ("file", file.map { .text($0) }), ("line", line.map { .integer($0) }),
            ("column", column.map { .integer($0) }), ("message", .text(message)),
            ("hint", hint.map { .text($0) }),
        ]
        return .mapping(
            fields.compactMap { key, value in value.map { YAMLValue.Field(key, $0) } })
    }
}
