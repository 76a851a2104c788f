/// The front programs start at once and do not fall with libtorch, because they do not link it.
struct LinkageRule: Rule {
    static let programs = ["sluice", "sluiced"]

    func violations(in tree: Tree) throws -> [String] {
        let manifest = try Manifest(tree)
        return Self.programs.flatMap { program in
            manifest.closure(of: program).sorted().filter { name in
                manifest.targets[name]?.libraries.contains { $0.hasPrefix("torch") } == true
            }.map { "Package.swift: \(program) depends on \($0), which links libtorch" }
        }
    }
}
