internal import YAML

extension SolverSpec {
    /// The most methods that a job compares.
    static let mostCompared = 12

    /// One method, or a list of methods that are compared.
    static var oneOrMore: Rule<[SolverSpec]> {
        let single = rule.mapped(to: { [$0] }, from: { $0[0] })
        return .first(
            of: [single, list], expected: "\(rule.expected), or a list of these"
        ) { solvers in
            solvers.count == 1 ? rule.write(solvers[0]) : .sequence(solvers.map(rule.write))
        }
    }

    /// Methods that differ from each other.
    private static var list: Rule<[SolverSpec]> {
        let methods = Rule<[SolverSpec]>.list(of: rule, count: 1...mostCompared, named: "methods")
        return Rule(
            expected: methods.expected, schema: methods.schema, placeholder: [],
            accepts: methods.accepts,
            read: { node, context in
                let before = context.issues.count
                let solvers = methods.read(node, &context)
                // What was not understood stands as the same method in several places.
                if context.issues.count == before { refuseDoubles(solvers, node, &context) }
                return solvers
            },
            write: methods.write)
    }

    private static func refuseDoubles(
        _ solvers: [SolverSpec], _ node: YAMLNode, _ context: inout ReadingContext
    ) {
        for (index, element) in (node.elements ?? []).enumerated() {
            guard let first = solvers.firstIndex(of: solvers[index]), first < index else {
                continue
            }
            context.report(
                element.position, "solver[\(index)] is the same as solver[\(first)]",
                "leave it out, or give it other settings")
        }
    }
}
