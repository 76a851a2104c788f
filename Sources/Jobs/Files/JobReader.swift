package import YAML

/// Turns a job file into a complete `JobSpec`.
package struct JobReader {
    /// The bytes of the file that `defaults:` names, by the path as written.
    package typealias DefaultsLoader = (String) throws(JobError) -> [UInt8]

    private let context: ReadingContext
    private let defaults: DefaultsLoader
    /// Methods that are read instead of those of the job, a list such as `map, bm3d`.
    private let solvers: String?
    private let cache: DefaultsCache

    /// A reader for jobs.
    ///
    /// - Parameters:
    ///   - policy: What paths may be.
    ///   - solvers: Methods that are read instead of those of the job, a list such as `map, bm3d`.
    ///   - cache: Knows the defaults of other jobs.
    ///   - defaults: Loads the file that `defaults:` names.
    package init(
        policy: PathPolicy = .user, solvers: String? = nil,
        cache: DefaultsCache = DefaultsCache(), defaults: @escaping DefaultsLoader
    ) {
        context = ReadingContext(policy: policy)
        self.solvers = solvers
        self.cache = cache
        self.defaults = defaults
    }

    /// Reads a job that messages call `file`.
    ///
    /// - Throws: `JobError` with every mistake.
    package func read(_ bytes: [UInt8], file: String) throws(JobError) -> JobSpec {
        let document = try document(bytes, file: file)
        return try SpecReader(JobSpec.rule).read(document, file: file, context: context) {
            JobConsistency(spec: $0, root: $1).check(&$2)
        }
    }

    /// The job with all that it takes from elsewhere.
    private func document(_ bytes: [UInt8], file: String) throws(JobError) -> YAMLDocument {
        try comparing(completed(YAMLDocument(reading: bytes, file: file), file: file))
    }

    /// Reads the job at `path`, and its defaults relative to it.
    ///
    /// - Parameters:
    ///   - path: Where the job is.
    ///   - name: What messages call it; its path when nil.
    ///   - folder: What the path of the defaults is relative to; the job's folder when nil.
    ///   - policy: What paths may be.
    ///   - solvers: Methods that are read instead of those of the job, a list such as `map, bm3d`.
    /// - Returns: The job with every default filled in.
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package static func read(
        path: String, named name: String? = nil, folder: String? = nil,
        policy: PathPolicy = .user, solvers: String? = nil
    ) throws(JobError) -> JobSpec {
        try JobReader(beneath: folder ?? Glob(path).folder, policy, solvers)
            .read(FileContents.read(path, atMost: YAMLLimits().bytes), file: name ?? path)
    }

    /// Where a part of the job at `path` stands, in it or in its defaults; nil when it cannot be read.
    ///
    /// - Parameters:
    ///   - part: the way to it.
    ///   - path: Where the job is.
    ///   - name: What messages call it.
    ///   - folder: What the path of the defaults is relative to.
    ///   - policy: What paths may be.
    ///   - solvers: Methods that are read instead of those of the job, a list such as `map, bm3d`.
    /// - Returns: the place.
    package static func position(
        of part: SettingPath, inJob path: String, named name: String, folder: String,
        policy: PathPolicy, solvers: String?
    ) -> YAMLPosition? {
        let reader = JobReader(beneath: folder, policy, solvers)
        do throws(JobError) {
            let bytes = try FileContents.read(path, atMost: YAMLLimits().bytes)
            return try reader.document(bytes, file: name).root?.position(of: part)
        } catch {
            // The job was read before: without it there is an error, and no place.
            return nil
        }
    }

    /// A reader that finds defaults beneath `folder`.
    private init(beneath folder: String, _ policy: PathPolicy, _ solvers: String?) {
        self.init(policy: policy, solvers: solvers) { (name) throws(JobError) in
            let isAbsolute = name.hasPrefix("/") || folder.isEmpty
            return try FileContents.read(
                isAbsolute ? name : "\(folder)/\(name)", atMost: YAMLLimits().bytes)
        }
    }

    /// The document with the methods that stand in for those of the job.
    private func comparing(_ document: YAMLDocument) -> YAMLDocument {
        guard let solvers, let root = document.root, let entries = root.entries else {
            return document
        }
        let (list, issues) = Self.list(solvers)
        let start = YAMLPosition(file: "--solvers", line: 1, column: 1)
        let entry = YAMLEntry("solver", at: start, list ?? YAMLNode(.refused, at: start))
        return YAMLDocument(
            root: YAMLNode(
                .mapping(entries.filter { $0.key != "solver" } + [entry]), at: root.position),
            issues: document.issues + issues)
    }

    /// A list of the command line, with the places of its nodes in the text as it was typed.
    private static func list(_ text: String) -> (YAMLNode?, [YAMLIssue]) {
        let isBare = !text.drop { $0 == " " }.hasPrefix("[")
        let document = YAMLDocument(
            reading: [UInt8]((isBare ? "[\(text)]" : text).utf8), file: "--solvers")
        guard isBare else { return (document.root, document.issues) }
        let issues = document.issues.map {
            YAMLIssue($0.position.columnBefore, $0.problem, $0.remedy)
        }
        return (document.root?.columnBefore, issues)
    }

    /// The document with what the job leaves out filled in from its defaults.
    private func completed(
        _ document: YAMLDocument, file: String
    ) throws(JobError) -> YAMLDocument {
        guard let root = document.root, let node = root["defaults"],
            let name = node.scalar?.string, context.policy.refusal(of: name) == nil
        else { return document }
        do throws(JobError) {
            let others = cache.document(try defaults(name), named: name)
            let nested = others.root?["defaults"].map {
                YAMLIssue($0.position, "defaults within defaults are not read", "leave them out")
            }
            let merged = others.root.map { Defaults.merged(root, with: $0) } ?? root
            return YAMLDocument(
                root: merged,
                issues: document.issues + others.issues + (nested.map { [$0] } ?? []))
        } catch {
            // What the system does not let be read is no mistake of the job.
            if case .unreadable = error.reason { throw error }
            let issue = YAMLIssue(
                node.position, "the defaults cannot be read: \(error.description)",
                "correct the path")
            return YAMLDocument(root: root, issues: document.issues + [issue])
        }
    }
}

extension YAMLPosition {
    /// The column before, in the first line.
    fileprivate var columnBefore: YAMLPosition {
        line == 1 ? YAMLPosition(file: file, line: line, column: max(column - 1, 1)) : self
    }
}

extension YAMLNode {
    /// The same node a column before where it stands in the first line.
    fileprivate var columnBefore: YAMLNode {
        let moved: Content =
            switch content {
            case .scalar, .refused: content
            case .sequence(let nodes): .sequence(nodes.map(\.columnBefore))
            case .mapping(let entries):
                .mapping(
                    entries.map {
                        YAMLEntry($0.key, at: $0.position.columnBefore, $0.value.columnBefore)
                    })
            }
        return YAMLNode(moved, at: position.columnBefore)
    }
}
