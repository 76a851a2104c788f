/// Types and files are called by what they are: these words say nothing.
struct NameRule: Rule {
    static let empty: Set<String> = [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Base", "Impl", "Common",
    ]

    private static let keywords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol"]

    func violations(in tree: Tree) throws -> [String] {
        try ["Sources", "Tests"].flatMap { try tree.files(in: $0, suffix: ".swift") }
            .flatMap { path in
                let parts = path.replacing(".swift", with: "").split(separator: "/").map(
                    String.init)
                let words = try SwiftText(tree.text(path)).words
                let types = zip(words, words.dropFirst())
                    .filter { Self.keywords.contains($0.0) }.map { String($0.1) }
                return Set(parts + types).sorted().flatMap { name in
                    Self.words(name).intersection(Self.empty).sorted().map {
                        "\(path): \($0) in \(name); say what it is"
                    }
                }
            }
    }

    /// `ImageHelper` has the words `Image` and `Helper`.
    private static func words(_ name: String) -> Set<String> {
        Set(name.matches(of: /[A-Z][a-z0-9]*/).map { String($0.output) })
    }
}
