/// Every type that promises a law is checked by its suite: it stands in the array `conformers`.
///
/// A type that conforms to a protocol through one that refines it may stand in the array of
/// either. Types that tests cannot name are checked through those that use them.
struct ConformerRule: Rule {
    static let protocols = [
        "Bijection", "Conditioner", "ForwardOperator", "LinearOperator", "NoiseModel",
    ]

    func violations(in tree: Tree) throws -> [String] {
        let declarations = try tree.files(in: "Sources", suffix: ".swift").flatMap { path in
            try Declaration.all(in: SwiftText(tree.text(path)).code, path: path)
        }
        let lists = try tree.files(in: "Tests", suffix: ".swift").flatMap { path in
            try ConformerList.all(in: SwiftText(tree.text(path)).code)
        }
        return Self.protocols.flatMap { name in
            let family = Self.family(of: name, declarations)
            let listed = lists.filter { !$0.protocols.isDisjoint(with: family) }
                .reduce(into: Set<String>()) { $0.formUnion($1.types) }
            return declarations.filter { declaration in
                declaration.kind != "protocol" && declaration.inherited.contains(name)
                    && !listed.contains(declaration.name)
            }.map {
                "\($0.path): \($0.name) is not among the conformers that the laws of \(name) check"
            }
        }
    }

    /// The protocol and all that refine it.
    private static func family(of name: String, _ declarations: [Declaration]) -> Set<String> {
        var family: Set<String> = [name]
        var count = 0
        while count < family.count {
            count = family.count
            for declaration in declarations where declaration.kind == "protocol" {
                if !declaration.inherited.isDisjoint(with: family) {
                    family.insert(declaration.name)
                }
            }
        }
        return family
    }
}

/// The head of a type, protocol or extension that tests can name.
private struct Declaration {
    let path: String
    let kind: String
    let name: String
    let inherited: Set<String>

    static func all(in code: String, path: String) -> [Declaration] {
        let head =
            /(private |fileprivate )?(?:\w+ )?(struct|class|enum|actor|protocol|extension) ([\w.]+)(?:<[^>]*>)?\s*:([^{]+)\{/
        return code.matches(of: head).compactMap { match in
            guard match.output.1 == nil else { return nil }
            let list = match.output.4.prefix(
                upTo: match.output.4.firstRange(of: "where ")?.lowerBound ?? match.output.4.endIndex
            )
            let inherited = list.matches(of: /[A-Z]\w*/).map { String($0.output) }
            return Declaration(
                path: path, kind: String(match.output.2), name: String(match.output.3),
                inherited: Set(inherited))
        }
    }
}

/// An array named `conformers` in a test suite.
private struct ConformerList {
    /// The protocols in the type of its elements.
    let protocols: Set<String>
    let types: Set<String>

    static func all(in code: String) -> [ConformerList] {
        code.matches(of: /\b(?:let|var) conformers\s*:([^={]+)[={]/).map { match in
            ConformerList(
                protocols: words(match.output.1),
                types: words(value(code[code.index(before: match.range.upperBound)...])))
        }
    }

    private static func words(_ text: Substring) -> Set<String> {
        Set(text.matches(of: /\b[A-Z]\w*/).map { String($0.output) })
    }

    /// The text up to where all brackets and braces of the value are closed.
    private static func value(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            if "[{(".contains(text[index]) { depth += 1 }
            if "]})".contains(text[index]) {
                depth -= 1
                if depth == 0 { return text[...index] }
            }
        }
        return text
    }
}
