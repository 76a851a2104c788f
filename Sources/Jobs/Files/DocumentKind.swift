package import YAML

/// What a YAML file describes, told by its keys.
package enum DocumentKind: String, CaseIterable, Sendable {
    case job, recipe, experiment, configuration

    /// The kind whose keys the file has most of; a job when that does not tell.
    package init(of document: YAMLDocument) {
        let keys = Set((document.root?.entries ?? []).map(\.key))
        let counted = Self.allCases.map { (kind: $0, count: keys.intersection($0.keys).count) }
        let most = counted.map(\.count).max() ?? 0
        self = counted.first { $0.count == most }?.kind ?? .job
    }

    /// Reads the file at `path` as what it is.
    ///
    /// - Returns: what the file is, and why it was refused, if it was.
    package static func check(path: String) -> (kind: DocumentKind?, error: JobError?) {
        do throws(JobError) {
            let bytes = try FileContents.read(path, atMost: YAMLLimits().bytes)
            let kind = DocumentKind(of: YAMLDocument(reading: bytes, file: path))
            return (kind, kind.error(in: path))
        } catch {
            return (nil, error)
        }
    }

    private func error(in path: String) -> JobError? {
        do throws(JobError) {
            switch self {
            case .job: _ = try JobReader.read(path: path)
            case .recipe: _ = try RecipeSpec.read(path: path)
            case .experiment: _ = try ExperimentSpec.read(path: path)
            case .configuration: _ = try ConfigurationSpec.read(path: path)
            }
            return nil
        } catch {
            return error
        }
    }

    private var keys: Set<String> {
        let schema =
            switch self {
            case .job: JobSpec.rule.schema
            case .recipe: RecipeSpec.rule.schema
            case .experiment: ExperimentSpec.rule.schema
            case .configuration: ConfigurationSpec.rule.schema
            }
        guard case .mapping(let fields)? = schema["properties"] else { return [] }
        return Set(fields.map(\.key))
    }
}
