package import YAML

/// How one kind of value is read from YAML, written back, and described to editors.
///
/// Rules are put together from smaller ones, so that reader, writer, schema and messages come
/// from one declaration and cannot disagree. For every `value` that a rule can read,
/// `read(write(value)) == value`.
package struct Rule<Value> {
    /// What a user has to write, such as `a number above 0`.
    package let expected: String
    /// Makes the schema, which most readers never ask for.
    private let makeSchema: () -> YAMLValue
    /// What stands in for a value that could not be read.
    package let placeholder: Value
    /// The value when nothing is said beyond its name, nil when something has to be.
    package let bare: Value?
    /// Whether a node has the shape of such a value, right or wrong in detail.
    package let accepts: (YAMLNode) -> Bool
    /// Reads a value; mistakes are reported to the context, and the placeholder is returned.
    package let read: (YAMLNode, inout ReadingContext) -> Value
    package let write: (Value) -> YAMLValue

    package init(
        expected: String, schema: @autoclosure @escaping () -> YAMLValue, placeholder: Value,
        bare: Value? = nil, accepts: @escaping (YAMLNode) -> Bool,
        read: @escaping (YAMLNode, inout ReadingContext) -> Value,
        write: @escaping (Value) -> YAMLValue
    ) {
        self.expected = expected
        makeSchema = schema
        self.placeholder = placeholder
        self.bare = bare
        self.accepts = accepts
        self.read = read
        self.write = write
    }

    /// The JSON Schema (draft-07) of what is read.
    package var schema: YAMLValue { makeSchema() }

    /// A rule for a scalar; `parse` returns nil for what is refused.
    package static func scalar(
        expected: String, schema: @autoclosure @escaping () -> YAMLValue, placeholder: Value,
        parse: @escaping (YAMLScalar) -> Value?, write: @escaping (Value) -> YAMLValue
    ) -> Rule {
        Rule(
            expected: expected, schema: schema(), placeholder: placeholder,
            accepts: { $0.scalar != nil },
            read: { node, context in
                if let value = node.scalar.flatMap(parse) { return value }
                context.reject(node, expected: expected)
                return placeholder
            },
            write: write)
    }

    /// The same text read as another type.
    package func mapped<Other>(
        to other: @escaping (Value) -> Other, from value: @escaping (Other) -> Value
    ) -> Rule<Other> {
        Rule<Other>(
            expected: expected, schema: schema, placeholder: other(placeholder),
            bare: bare.map(other), accepts: accepts,
            read: { other(read($0, &$1)) },
            write: { write(value($0)) })
    }

    /// The same rule, where values that `refusal` explains are mistakes at their position.
    package func refusing(
        _ refusal: @escaping (Value, ReadingContext) -> (problem: String, remedy: String)?
    ) -> Rule {
        Rule(
            expected: expected, schema: schema, placeholder: placeholder, bare: bare,
            accepts: accepts,
            read: { node, context in
                let before = context.issues.count
                let value = read(node, &context)
                if context.issues.count == before, let (problem, remedy) = refusal(value, context) {
                    context.report(node.position, "\(context.name) \(problem)", remedy)
                }
                return value
            },
            write: write)
    }
}
