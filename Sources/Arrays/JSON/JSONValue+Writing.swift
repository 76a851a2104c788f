extension JSONValue {
    /// A number with as many digits as it takes to read the same number back; null when it is
    /// nil or not finite, which JSON has no word for.
    package init(_ number: Double?) {
        guard let number, number.isFinite else {
            self = .null
            return
        }
        self = .number("\(number)")
    }

    package init(_ number: some FixedWidthInteger) {
        self = .number("\(number)")
    }

    /// An object with `members` in this order.
    package init(_ members: KeyValuePairs<String, JSONValue>) {
        self = .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The value of the member `name` when this is an object that has it.
    package subscript(name: String) -> JSONValue? {
        members?.first { $0.name == name }?.value
    }

    /// The value on one line.
    package var line: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.line).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.map { "\(Self.quoted($0.name)): \($0.value.line)" }
                .joined(separator: ", ") + "}"
        }
    }

    /// The value as a text file: one member or element a line, short arrays of plain values on
    /// one line, and a line feed at the end.
    package var text: String {
        var text = ""
        write(to: &text, indent: "")
        return text + "\n"
    }

    private func write(to text: inout String, indent: String) {
        switch self {
        case .array(let elements) where !isShort:
            Self.write(elements, "[", "]", to: &text, indent: indent) { element, text, indent in
                element.write(to: &text, indent: indent)
            }
        case .object(let members) where !members.isEmpty:
            Self.write(members, "{", "}", to: &text, indent: indent) { member, text, indent in
                text += Self.quoted(member.name) + ": "
                member.value.write(to: &text, indent: indent)
            }
        case .null, .bool, .number, .string, .array, .object:
            text += line
        }
    }

    private static func write<Item>(
        _ items: [Item], _ opening: String, _ closing: String, to text: inout String,
        indent: String, item write: (Item, inout String, String) -> Void
    ) {
        text += opening
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + indent + "  "
            write(item, &text, indent + "  ")
        }
        text += "\n" + indent + closing
    }

    /// Whether this is an array that reads well on one line.
    private var isShort: Bool {
        guard let array else { return true }
        return array.count <= 12
            && array.allSatisfy { $0.array == nil && $0.members == nil && $0.line.count <= 24 }
    }
}
