/// Files have at most 400 lines and functions at most 60.
///
/// Relies on the formatter: a body ends with the first brace that stands as far to the right as
/// its declaration begins.
struct LengthRule: Rule {
    static let file = 400
    static let function = 60

    func violations(in tree: Tree) throws -> [String] {
        try ["Sources", "Tests"].flatMap { try tree.files(in: $0, suffix: ".swift") }
            .flatMap { path in
                let lines = try SwiftText(tree.text(path)).lines
                let count = lines.last == "" ? lines.count - 1 : lines.count
                let file = count > Self.file ? ["\(path): \(count) lines; divide it"] : []
                let functions = lines.indices.compactMap { start -> String? in
                    let length = Self.length(from: start, lines)
                    guard length > Self.function else { return nil }
                    return "\(path):\(start + 1): a function of \(length) lines; divide it"
                }
                return file + functions
            }
    }

    /// The number of lines of the function or computed property that is declared on a line, or 0.
    private static func length(from start: Int, _ lines: [Substring]) -> Int {
        guard isDeclaration(lines[start]) else { return 0 }
        let indentation = lines[start].prefix { $0 == " " }.count
        for index in lines.indices[(start + 1)...] {
            let line = lines[index]
            let first = line.drop { $0 == " " }
            if first.isEmpty || first.hasPrefix("#") { continue }
            if line.count - first.count > indentation { continue }
            // The end of the parameters is not the end of the function.
            if first.hasPrefix(")") || first == "{" || first.hasPrefix("where ") { continue }
            return first.hasPrefix("}") ? index - start + 1 : 0
        }
        return 0
    }

    private static let modifiers: Set<Substring> = [
        "class", "convenience", "fileprivate", "final", "internal", "isolated", "lazy", "mutating",
        "nonisolated", "nonmutating", "open", "override", "package", "private", "private(set)",
        "prefix", "postfix", "public", "required", "static", "unowned", "weak",
    ]

    /// Whether a function or a variable, which may be computed, is declared on `line`.
    private static func isDeclaration(_ line: Substring) -> Bool {
        var words = line.split(separator: " ", maxSplits: 12)[...]
        // Attributes may have arguments with blanks in them.
        if words.first?.hasPrefix("@") == true {
            words = words.drop { !["func", "var"].contains($0) && !$0.hasPrefix("init(") }
        }
        guard let word = words.drop(while: modifiers.contains).first else { return false }
        return ["func", "var", "deinit"].contains(word)
            || ["init(", "init?(", "init<", "subscript(", "subscript<"].contains {
                word.hasPrefix($0)
            }
    }
}
