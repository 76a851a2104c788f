extension YAMLValue: Encodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Encodes the value so that it can stand within other encoded things.
    ///
    /// - Throws: what the encoder throws.
    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .sequence(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .mapping(let fields):
            var container = encoder.container(keyedBy: Key.self)
            for field in fields {
                try container.encode(field.value, forKey: Key(stringValue: field.key))
            }
        case .null, .boolean, .integer, .unsigned, .number, .text:
            var container = encoder.singleValueContainer()
            try encodeScalar(in: &container)
        }
    }

    private func encodeScalar(
        in container: inout any SingleValueEncodingContainer
    ) throws {
        switch self {
        case .boolean(let value): try container.encode(value)
        case .integer(let number): try container.encode(number)
        case .unsigned(let number): try container.encode(number)
        case .number(let number) where number.isFinite: try container.encode(number)
        case .text(let text): try container.encode(text)
        case .null, .number, .sequence, .mapping: try container.encodeNil()
        }
    }
}
