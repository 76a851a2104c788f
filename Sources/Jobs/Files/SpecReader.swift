package import YAML

/// Reads a YAML file by a rule and reports every mistake at once.
package struct SpecReader<Spec> {
    package let rule: Rule<Spec>
    package let limits: YAMLLimits

    package init(_ rule: Rule<Spec>, limits: YAMLLimits = YAMLLimits()) {
        self.rule = rule
        self.limits = limits
    }

    /// Reads `bytes`, which messages call `file`.
    ///
    /// - Throws: `JobError` with every mistake.
    package func read(
        _ bytes: [UInt8], file: String, context: ReadingContext = ReadingContext()
    ) throws(JobError) -> Spec {
        let document = YAMLDocument(reading: bytes, file: file, limits: limits)
        return try read(document, file: file, context: context)
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package func read(
        path: String, context: ReadingContext = ReadingContext()
    ) throws(JobError) -> Spec {
        try read(FileContents.read(path, atMost: limits.bytes), file: path, context: context)
    }

    /// Reads a document, with mistakes that `check` finds in what was read.
    func read(
        _ document: YAMLDocument, file: String, context: ReadingContext,
        check: (Spec, YAMLNode, inout ReadingContext) -> Void = { _, _, _ in }
    ) throws(JobError) -> Spec {
        guard let root = document.root else {
            throw JobError(.invalid(Self.issues(of: document, file: file)), file: file)
        }
        var context = context
        let spec = rule.read(root, &context)
        check(spec, root, &context)
        let issues = Self.sorted(document.issues + context.issues, first: file)
        guard issues.isEmpty else {
            throw JobError(.invalid(Array(issues.prefix(limits.issues))), file: file)
        }
        return spec
    }

    private static func issues(of document: YAMLDocument, file: String) -> [YAMLIssue] {
        guard document.issues.isEmpty else { return document.issues }
        let start = YAMLPosition(file: file, line: 1, column: 1)
        return [YAMLIssue(start, "the file is empty", "write key: value, one a line")]
    }

    /// In the order of their places, those of `file` before those of others.
    private static func sorted(_ issues: [YAMLIssue], first file: String) -> [YAMLIssue] {
        let keyed = issues.enumerated().map { index, issue in
            let place = issue.position
            return (key: (place.file == file ? 0 : 1, place.line, place.column, index), issue)
        }
        return keyed.sorted { $0.key < $1.key }.map(\.1)
    }
}
