/// The table of targets in ARCHITECTURE.md.
struct TargetTable {
    /// What the Swift modules of each target may import.
    let imports: [String: Set<String>]

    /// Modules of the toolchain, which any target may import.
    static let system: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
    ]

    init(_ tree: Tree) throws {
        let rows = MarkdownText(try tree.text("ARCHITECTURE.md")).table(beginningWith: "target")
        imports = rows.reduce(into: [:]) { imports, row in
            guard row.count >= 2 else { return }
            for target in Self.names(row[0]) {
                imports[target, default: []].formUnion(Self.names(row[1]))
            }
        }
    }

    private static func names(_ cell: String) -> [String] {
        cell.matches(of: /[A-Za-z][A-Za-z0-9-]*/).map { String($0.output) }
    }
}
