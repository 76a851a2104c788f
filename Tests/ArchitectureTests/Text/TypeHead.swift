/// The head of a type, protocol or extension that names what it conforms to and is not private.
struct TypeHead {
    let path: String
    /// The keyword.
    let kind: String
    let name: String
    let inherited: Set<String>

    private static let keywords: Set<Substring> = [
        "struct", "class", "enum", "actor", "protocol", "extension",
    ]

    /// The heads in the code of the file at `path`.
    static func all(in code: String, path: String) -> [TypeHead] {
        let lines = code.split(separator: "\n")
        return lines.indices.compactMap { start in
            let words = lines[start].split(separator: " ")
            guard let keyword = words.firstIndex(where: keywords.contains),
                keyword + 1 < words.count,
                !words[..<keyword].contains(where: { $0.hasSuffix("private") })
            else { return nil }
            // A head may go on for some lines, up to the brace.
            let end = lines[start...].firstIndex { $0.contains("{") } ?? start
            let rest = lines[start...end].joined(separator: " ")
            return TypeHead(path: path, kind: String(words[keyword]), head: rest)
        }
    }

    /// The type of a head such as `package struct Name<Element>: First, Second where … {`.
    private init?(path: String, kind: String, head: String) {
        let pattern = /\b(?:\w+) ([\w.]+)(?:<[^>]*>)?\s*:([^{]+)\{/
        guard let range = head.firstRange(of: kind + " "),
            let match = head[range.lowerBound...].prefixMatch(of: pattern)
        else { return nil }
        let list = match.output.2
        let end = list.firstRange(of: "where ")?.lowerBound ?? list.endIndex
        self.path = path
        self.kind = kind
        name = String(match.output.1)
        inherited = Set(SwiftText.words(of: String(list[..<end])).map(String.init))
    }
}
