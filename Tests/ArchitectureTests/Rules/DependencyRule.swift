/// Package.swift gives targets nothing that the table of ARCHITECTURE.md does not allow.
struct DependencyRule: Rule {
    func violations(in tree: Tree) throws -> [String] {
        let table = try TargetTable(tree).imports
        let targets = try Manifest(tree).targets.values.sorted { $0.name < $1.name }
        return targets.flatMap { target in
            // Targets that only tests use are not in the table.
            target.dependencies.filter { table[target.name]?.contains($0) == false }.map {
                "Package.swift: \(target.name) may not depend on \($0);"
                    + " see the table of ARCHITECTURE.md"
            }
        }
    }
}
