package import YAML

/// What a YAML file describes, told by its keys.
package enum DocumentKind: String, CaseIterable, Sendable {
    case job, recipe, experiment, configuration

    /// The kind whose keys the file has most of; when that does not tell, a configuration where it
    /// has the name of one, or else a job.
    package init(of document: YAMLDocument, path: String = "") {
        let found = Self.candidates(document)
        let isNamed = Self.isConfiguration(path) && found.contains(.configuration)
        self = isNamed ? .configuration : found.first ?? .job
    }

    /// Whether a file has no key that tells what it is, and no name either.
    static func isUntold(_ document: YAMLDocument, path: String) -> Bool {
        candidates(document).count == allCases.count && !isConfiguration(path)
    }

    /// The kinds of whose keys a file has most: all of them where it has none of any.
    private static func candidates(_ document: YAMLDocument) -> [DocumentKind] {
        let keys = Set((document.root?.entries ?? []).map(\.key))
        let counts = allCases.map { keys.intersection($0.keys).count }
        return zip(allCases, counts).filter { $0.1 == counts.max() }.map(\.0)
    }

    /// Whether `path` ends with the name that a daemon's configuration has, or a new one beside it.
    private static func isConfiguration(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return ["sluice.yaml", "sluice.yaml.new"].contains(name)
    }

    /// Why the file at `path` is none of this kind; nil when it is one.
    func error(in path: String) -> JobError? {
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
