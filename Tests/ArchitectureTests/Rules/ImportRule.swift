/// A target imports nothing that the table of ARCHITECTURE.md does not allow.
struct ImportRule: Rule {
    func violations(in tree: Tree) throws -> [String] {
        let table = try TargetTable(tree).imports
        return try tree.folders(in: "Sources").flatMap { target -> [String] in
            guard let allowed = table[target] else {
                return ["Sources/\(target): the table of ARCHITECTURE.md does not have this target"]
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

    /// The imported modules with their lines, counted from 1.
    private static func imports(_ text: String) -> [(line: Int, module: String)] {
        SwiftText(text).lines.enumerated().compactMap { index, line in
            let kinds = /(?:(?:struct|class|enum|protocol|func|var|let|typealias) )?/
            let found = line.firstMatch(of: /^[\w@() ]*\bimport ([^;]+)/)?.output.1
            return found.map { name in
                (
                    index + 1,
                    String(
                        name.replacing(kinds, with: "").prefix {
                            $0.isLetter || $0.isNumber || $0 == "_"
                        })
                )
            }
        }
    }
}
