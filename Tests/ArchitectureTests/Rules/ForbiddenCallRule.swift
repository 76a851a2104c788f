/// Libraries throw errors: they neither print nor trap.
struct ForbiddenCallRule: Rule {
    func violations(in tree: Tree) throws -> [String] {
        try tree.folders(in: "Sources").filter(Self.isLibrary).flatMap { target in
            try tree.files(in: "Sources/\(target)", suffix: ".swift").flatMap { path -> [String] in
                let text = try tree.text(path)
                // Most files need no closer look.
                guard Self.words.contains(where: text.contains) else { return [] }
                return SwiftText(text).lines.enumerated().flatMap { index, line in
                    Self.calls(line).map { "\(path):\(index + 1): \($0); throw an error instead" }
                }
            }
        }
    }

    private static let words = ["print", "debugPrint", "fatalError", "try!", "as!"]

    /// The folders of programs begin with a small letter.
    private static func isLibrary(_ target: String) -> Bool { target.first?.isUppercase == true }

    private static func calls(_ line: Substring) -> [String] {
        // Methods of that name, such as those of a printer, are something else.
        let calls = line.matches(of: /(?:^|[^\w.])(print|debugPrint|fatalError)\s*\(/)
            .map { "\($0.output.1)(" }
        let forced = line.matches(of: /\b(try!|as!)/).map { String($0.output.1) }
        return calls + forced
    }
}
