/// Every type that promises a law is checked by its suite: a test file that runs the suite names it.
///
/// A type may conform through a protocol that refines another, and be checked by the suite of
/// either. Private types are checked through those that use them.
struct ConformerRule: Rule {
    /// The suites by protocol.
    static let suites = [
        "Bijection": "BijectionLaws", "Conditioner": "ConditionerTests",
        "ForwardOperator": "ForwardOperatorLaws", "LinearOperator": "LinearOperatorLaws",
        "NoiseModel": "NoiseModelLaws", "Solver": "SolverLaws",
    ]

    func violations(in tree: Tree) throws -> [String] {
        let declarations = try tree.files(in: "Sources", suffix: ".swift").flatMap { path in
            try TypeHead.all(in: SwiftText(tree.text(path)).code, path: path)
        }
        let tests = try tree.files(in: "Tests", suffix: ".swift").map { try words(tree.text($0)) }
            .filter { !$0.isDisjoint(with: Self.suites.values) }
        return Self.suites.keys.sorted().flatMap { name in
            let family = Self.family(of: name, declarations)
            let suites = family.compactMap { Self.suites[$0] }
            let named = tests.filter { !$0.isDisjoint(with: suites) }
                .reduce(into: Set<String>()) { $0.formUnion($1) }
            return declarations.filter { declaration in
                declaration.kind != "protocol" && !declaration.inherited.isDisjoint(with: family)
                    && !named.contains(declaration.name)
            }.map { "\($0.path): \($0.name) is a \(name) that \(suites.sorted()) does not check" }
        }
    }

    /// The words of a file, also those in the names of cases, but not those in comments.
    private func words(_ text: String) -> Set<String> {
        let lines = text.split(separator: "\n").filter {
            !$0.drop { $0 == " " }.hasPrefix("//")
        }
        return Set(lines.flatMap { SwiftText.words(of: String($0)) }.map(String.init))
    }

    /// The protocol and all that refine it.
    private static func family(of name: String, _ declarations: [TypeHead]) -> Set<String> {
        var family: Set<String> = [name]
        var count = 0
        while count < family.count {
            count = family.count
            for declaration in declarations where declaration.kind == "protocol" {
                if declaration.inherited.isDisjoint(with: family) { continue }
                family.insert(declaration.name)
            }
        }
        return family
    }
}
