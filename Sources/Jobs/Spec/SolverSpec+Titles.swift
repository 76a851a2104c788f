internal import YAML

extension SolverSpec {
    /// What the method is called in a job.
    package var name: String { choice.name }

    /// What each of several methods is called where they stand side by side.
    ///
    /// It is the name of the method; where several have one name, the settings in which these differ
    /// follow, such as `map, beta 0.5`.
    ///
    /// - Parameter solvers: Methods that differ from each other.
    /// - Returns: A title for each of them.
    package static func titles(of solvers: [SolverSpec]) -> [String] {
        solvers.map { solver in
            let namesakes = solvers.filter { $0.name == solver.name }
            let differing = solver.settings.filter { setting in
                namesakes.contains { $0.choice.settings[setting.key] != setting.value }
            }
            let words = differing.map { "\($0.key) \($0.value.words)" }
            return ([solver.name] + words).joined(separator: ", ")
        }
    }

    private var settings: [YAMLValue.Field] {
        guard case .mapping(let fields) = choice.settings else { return [] }
        return fields
    }
}

extension YAMLValue {
    /// The value as it stands in a sentence.
    fileprivate var words: String {
        if case .text(let text) = self { text } else { line }
    }
}
