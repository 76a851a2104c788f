/// The head of a type, protocol or extension that names what it conforms to and is not private.
struct TypeHead {
    let path: String
    /// The keyword.
    let kind: String
    let name: String
    let inherited: Set<String>

    /// The heads in the code of the file at `path`.
    static func all(in code: String, path: String) -> [TypeHead] {
        // Modifiers, the keyword, the name, parameters, and what follows the colon.
        let head =
            /((?:\w+ )*)(struct|class|enum|actor|protocol|extension) ([\w.]+)(?:<[^>]*>)?\s*:([^{]+)\{/
        return code.matches(of: head).compactMap { match in
            let (_, modifiers, kind, name, list) = match.output
            guard !modifiers.contains("private") else { return nil }
            let end = list.firstRange(of: "where ")?.lowerBound ?? list.endIndex
            let inherited = list[..<end].matches(of: /[A-Z]\w*/).map { String($0.output) }
            return TypeHead(
                path: path, kind: String(kind), name: String(name), inherited: Set(inherited))
        }
    }
}
