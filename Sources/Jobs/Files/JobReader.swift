internal import YAML

/// Turns a job file into a complete `JobSpec`.
package struct JobReader {
    /// The bytes of the file that `defaults:` names, by the path as written.
    package typealias DefaultsLoader = (String) throws(JobError) -> [UInt8]

    private let context: ReadingContext
    private let defaults: DefaultsLoader

    /// A reader for jobs.
    ///
    /// - Parameters:
    ///   - policy: What paths may be.
    ///   - defaults: Loads the file that `defaults:` names.
    package init(policy: PathPolicy = .user, defaults: @escaping DefaultsLoader) {
        context = ReadingContext(policy: policy)
        self.defaults = defaults
    }

    /// Reads a job that messages call `file`.
    ///
    /// - Throws: `JobError` with every mistake.
    package func read(_ bytes: [UInt8], file: String) throws(JobError) -> JobSpec {
        let document = try completed(YAMLDocument(reading: bytes, file: file), file: file)
        return try SpecReader(JobSpec.rule).read(document, file: file, context: context) {
            JobConsistency(spec: $0, root: $1).check(&$2)
        }
    }

    /// Reads the job at `path`, and its defaults relative to it.
    ///
    /// - Parameters:
    ///   - path: Where the job is.
    ///   - name: What messages call it; its path when nil.
    ///   - folder: What the path of the defaults is relative to; the job's folder when nil.
    ///   - policy: What paths may be.
    /// - Returns: The job with every default filled in.
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package static func read(
        path: String, named name: String? = nil, folder: String? = nil,
        policy: PathPolicy = .user
    ) throws(JobError) -> JobSpec {
        let limit = YAMLLimits().bytes
        let folder = folder ?? Glob(path).folder
        let reader = JobReader(policy: policy) { (name) throws(JobError) in
            let isAbsolute = name.hasPrefix("/") || folder.isEmpty
            return try FileContents.read(isAbsolute ? name : "\(folder)/\(name)", atMost: limit)
        }
        return try reader.read(FileContents.read(path, atMost: limit), file: name ?? path)
    }

    /// The document with what the job leaves out filled in from its defaults.
    private func completed(
        _ document: YAMLDocument, file: String
    ) throws(JobError) -> YAMLDocument {
        guard let root = document.root, let node = root["defaults"],
            let name = node.scalar?.string, context.policy.refusal(of: name) == nil
        else { return document }
        do throws(JobError) {
            let others = YAMLDocument(reading: try defaults(name), file: name)
            let nested = others.root?["defaults"].map {
                YAMLIssue($0.position, "defaults within defaults are not read", "leave them out")
            }
            let merged = others.root.map { Defaults.merged(root, with: $0) } ?? root
            return YAMLDocument(
                root: merged,
                issues: document.issues + others.issues + (nested.map { [$0] } ?? []))
        } catch {
            let issue = YAMLIssue(
                node.position, "the defaults cannot be read: \(error.description)",
                "correct the path")
            return YAMLDocument(root: root, issues: document.issues + [issue])
        }
    }
}
