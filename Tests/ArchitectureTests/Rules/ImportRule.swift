/// The table of ARCHITECTURE.md has the targets that there are, and they import what it allows.
struct ImportRule: Rule {
    func violations(in tree: Tree) throws -> [String] {
        let table = try TargetTable(tree).imports
        let targets = try tree.folders(in: "Sources")
        let stale = Set(table.keys).subtracting(targets).sorted()
            .map { "ARCHITECTURE.md: there is no target \($0)" }
        return try stale
            + targets.flatMap { target -> [String] in
                guard let allowed = table[target] else {
                    return [
                        "Sources/\(target): the table of ARCHITECTURE.md does not have this target"
                    ]
                }
                return try tree.files(in: "Sources/\(target)", suffix: ".swift").flatMap { path in
                    try Self.imports(tree.text(path)).compactMap { line, module in
                        allowed.contains(module) || TargetTable.system.contains(module)
                            ? nil
                            : "\(path):\(line): \(target) may not import \(module);"
                                + " see the table of ARCHITECTURE.md"
                    }
                }
            }
    }

    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]

    /// The imported modules with their lines, counted from 1.
    private static func imports(_ text: String) -> [(line: Int, module: String)] {
        guard text.contains("import ") else { return [] }
        return SwiftText(text).lines.enumerated().compactMap { index, line in
            let words = SwiftText.words(of: String(line))
            guard let start = words.firstIndex(of: "import") else { return nil }
            let module = words[(start + 1)...].drop(while: kinds.contains).first
            return module.map { (index + 1, String($0)) }
        }
    }
}
