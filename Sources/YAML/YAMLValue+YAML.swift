extension YAMLValue {
    /// The value as a YAML document, which `YAMLDocument` reads back as the same value.
    package var yaml: String {
        switch self {
        case .mapping(let fields) where !fields.isEmpty: Self.block(fields, indent: 0)
        case .sequence(let elements) where !elements.isEmpty: Self.block(elements, indent: 0)
        default: flow + "\n"
        }
    }

    /// The value on one line.
    private var flow: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .number(let number): ValueText.number(number)
        case .text(let text): Self.spelled(text)
        case .sequence(let elements):
            "[" + elements.map(\.flow).joined(separator: ", ") + "]"
        case .mapping(let fields):
            "{"
                + fields.map { "\(Self.spelled($0.key)): \($0.value.flow)" }
                .joined(separator: ", ") + "}"
        }
    }

    /// Short enough for one line.
    private var isCompact: Bool {
        switch self {
        case .sequence(let elements): elements.allSatisfy(\.isScalar) || flow.count <= 72
        case .mapping: flow.count <= 72
        default: true
        }
    }

    private var isScalar: Bool {
        switch self {
        case .sequence, .mapping: false
        default: true
        }
    }

    private static func block(_ fields: [Field], indent: Int) -> String {
        fields.map { field in
            let head = String(repeating: " ", count: indent) + spelled(field.key) + ":"
            return head + field.value.tail(indent: indent + 2)
        }.joined()
    }

    private static func block(_ elements: [YAMLValue], indent: Int) -> String {
        elements.map { element in
            String(repeating: " ", count: indent) + "-" + element.tail(indent: indent + 2)
        }.joined()
    }

    /// What follows `key:` or `-`, with the end of the line.
    private func tail(indent: Int) -> String {
        guard !isCompact else { return " " + flow + "\n" }
        return switch self {
        case .mapping(let fields): "\n" + Self.block(fields, indent: indent)
        case .sequence(let elements): "\n" + Self.block(elements, indent: indent)
        default: " " + flow + "\n"
        }
    }

    /// `text` without quotes where every reader of YAML takes it for this text.
    private static func spelled(_ text: String) -> String {
        isSafePlain(text) ? text : ValueText.quoted(text)
    }

    private static func isSafePlain(_ text: String) -> Bool {
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "_"),
            !words.contains(text.lowercased()), text.utf8.count <= 1000
        else { return false }
        return text.utf8.allSatisfy { isLetter($0) || "0123456789_-./".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
