extension YAMLValue {
    /// The value as JSON on several lines, with a line feed at the end.
    package var json: String {
        json(indent: 0) + "\n"
    }

    private func json(indent: Int) -> String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .number(let number): ValueText.number(number)
        case .text(let text): ValueText.quoted(text)
        case .sequence(let elements):
            Self.wrapped("[", elements.map { $0.json(indent: indent + 2) }, "]", indent: indent)
        case .mapping(let fields):
            Self.wrapped(
                "{",
                fields.map {
                    "\(ValueText.quoted($0.key)): \($0.value.json(indent: indent + 2))"
                }, "}", indent: indent)
        }
    }

    /// On one line when short, else one item a line.
    private static func wrapped(
        _ open: String, _ items: [String], _ close: String, indent: Int
    ) -> String {
        let width = items.reduce(2) { $0 + $1.utf8.count + 2 }
        if width + indent <= 80, !items.contains(where: { $0.contains("\n") }) {
            return open + items.joined(separator: ", ") + close
        }
        let margin = String(repeating: " ", count: indent + 2)
        let lines = items.map { margin + $0 }.joined(separator: ",\n")
        return open + "\n" + lines + "\n" + String(repeating: " ", count: indent) + close
    }
}
