package import YAML

/// One key of a record: how it is read into the record, written and described.
package struct Field<Record> {
    package let key: String
    package let isRequired: Bool
    /// What a user has to write behind the key.
    package let expected: String
    /// The schema of the value, given the record whose values are the defaults.
    package let schema: (Record) -> YAMLValue
    let read: (YAMLNode, inout Record, inout ReadingContext) -> Void
    /// Nil when the key is left out.
    let write: (Record) -> YAMLValue?

    /// A key that may be left out; then the record keeps the value that it was made with.
    package static func setting<Value>(
        _ key: String, _ path: WritableKeyPath<Record, Value>, _ rule: Rule<Value>,
        _ documentation: String
    ) -> Field {
        Field(
            key: key, isRequired: false, expected: rule.expected,
            schema: { record in
                rule.schema.adding([
                    .init("description", .text(documentation)),
                    .init("default", rule.write(record[keyPath: path])),
                ])
            },
            read: { $1[keyPath: path] = rule.read($0, &$2) },
            write: { rule.write($0[keyPath: path]) })
    }

    /// A key that must be there.
    package static func required<Value>(
        _ key: String, _ path: WritableKeyPath<Record, Value>, _ rule: Rule<Value>,
        _ documentation: String
    ) -> Field {
        Field(
            key: key, isRequired: true, expected: rule.expected,
            schema: { _ in rule.schema.adding([.init("description", .text(documentation))]) },
            read: { $1[keyPath: path] = rule.read($0, &$2) },
            write: { rule.write($0[keyPath: path]) })
    }

    /// A key that may be left out, which is written only when there is a value.
    package static func optional<Value>(
        _ key: String, _ path: WritableKeyPath<Record, Value?>, _ rule: Rule<Value>,
        _ documentation: String
    ) -> Field {
        Field(
            key: key, isRequired: false, expected: rule.expected,
            schema: { _ in rule.schema.adding([.init("description", .text(documentation))]) },
            read: { $1[keyPath: path] = rule.read($0, &$2) },
            write: { $0[keyPath: path].map(rule.write) })
    }

    /// A key that must be there with one value.
    package static func constant(
        _ key: String, _ number: Int, _ documentation: String
    ) -> Field {
        let rule = Rule<Int>.integer(in: number...number)
        return Field(
            key: key, isRequired: true, expected: "\(number)",
            schema: { _ in
                ["const": .integer(number), "description": .text(documentation)]
            },
            read: { node, _, context in
                guard node.scalar?.integer(as: Int.self) != number else { return }
                context.reject(node, expected: "\(number)")
            },
            write: { _ in rule.write(number) })
    }

    /// A key that is checked by `rule`, and used by others before reading.
    package static func noted<Value>(
        _ key: String, _ rule: Rule<Value>, _ documentation: String
    ) -> Field {
        Field(
            key: key, isRequired: false, expected: rule.expected,
            schema: { _ in rule.schema.adding([.init("description", .text(documentation))]) },
            read: { _ = rule.read($0, &$2) },
            write: { _ in nil })
    }

    /// The same key of a record that holds this one at `path`.
    package func lifted<Outer>(_ path: WritableKeyPath<Outer, Record>) -> Field<Outer> {
        Field<Outer>(
            key: key, isRequired: isRequired, expected: expected,
            schema: { schema($0[keyPath: path]) },
            read: { read($0, &$1[keyPath: path], &$2) },
            write: { write($0[keyPath: path]) })
    }
}

extension YAMLValue {
    /// A mapping with more fields.
    func adding(_ fields: [Field]) -> YAMLValue {
        guard case .mapping(let own) = self else { return self }
        return .mapping(own + fields)
    }
}
