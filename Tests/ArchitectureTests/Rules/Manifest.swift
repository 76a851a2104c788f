/// What Package.swift says of the targets.
struct Manifest {
    struct Target {
        let name: String
        /// Targets and products.
        let dependencies: [String]
        /// Libraries of the system that it is linked with.
        let libraries: [String]
    }

    /// The targets outside the tests by name.
    let targets: [String: Target]

    init(_ tree: Tree) throws {
        let text = try tree.text("Package.swift").replacing(/\/\/.*/, with: "")
        let products = text.matches(
            of: /let (\w+) = Target\.Dependency\s*\.product\(\s*name: "(\w+)"/
        ).reduce(into: [String: String]()) { $0[String($1.output.1)] = String($1.output.2) }
        let starts = text.matches(
            of: /(?:module|program)\(\s*"([\w-]+)"|\.(?:t|executableT)arget\(\s*name: "([\w-]+)"/)
        targets = starts.reduce(into: [:]) { targets, start in
            guard let name = start.output.1 ?? start.output.2 else { return }
            let body = Self.call(text[start.range.lowerBound...])
            let list = body.firstMatch(of: /(?:dependencies: |",\s*)\[([^\]]*)\]/)?.output.1 ?? ""
            let names = list.matches(of: /"([\w-]+)"|\b([A-Za-z]\w*)\b/).map { match in
                let word = String(match.output.1 ?? match.output.2 ?? "")
                return products[word] ?? word
            }
            let libraries = body.matches(of: /linkedLibrary\("(\w+)"/).map { String($0.output.1) }
            targets[String(name)] = Target(
                name: String(name), dependencies: names, libraries: libraries)
        }
    }

    /// `target` and every target that it depends on.
    func closure(of target: String) -> Set<String> {
        var found: Set<String> = []
        var open = [target]
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += targets[next]?.dependencies ?? []
        }
        return found
    }

    /// The text up to the parenthesis that closes the first one.
    private static func call(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" {
                depth -= 1
                if depth == 0 { return text[...index] }
            }
        }
        return text
    }
}
