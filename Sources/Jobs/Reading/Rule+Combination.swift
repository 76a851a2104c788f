package import YAML

extension Rule {
    /// A list of `count` values of one kind.
    package static func list<Element>(
        of element: Rule<Element>, count: ClosedRange<Int>, named plural: String
    ) -> Rule where Value == [Element] {
        let bounds =
            count.upperBound == .max
            ? "\(count.lowerBound) or more" : "\(count.lowerBound) to \(count.upperBound)"
        let expected = "a list of \(bounds) \(plural)"
        return Rule(
            expected: expected, schema: listSchema(element.schema, count), placeholder: [],
            accepts: { $0.elements != nil },
            read: { node, context in
                guard let nodes = node.elements else {
                    context.reject(node, expected: expected)
                    return []
                }
                guard count.contains(nodes.count) else {
                    context.report(
                        node.position, "\(context.name) has \(nodes.count) elements",
                        "write \(expected)")
                    return []
                }
                return nodes.enumerated().map { index, node in
                    context.within(index: index) { element.read(node, &$0) }
                }
            },
            write: { .sequence($0.map(element.write)) })
    }

    private static func listSchema(_ element: YAMLValue, _ count: ClosedRange<Int>) -> YAMLValue {
        var fields: [YAMLValue.Field] = [
            .init("type", "array"), .init("items", element),
            .init("minItems", .integer(count.lowerBound)),
        ]
        if count.upperBound != .max {
            fields.append(.init("maxItems", .integer(count.upperBound)))
        }
        return .mapping(fields)
    }

    /// The first of `rules` that accepts the shape of the node; `write` knows which one writes.
    ///
    /// Messages name `expected`, or what the rules expect one after the other.
    package static func first(
        of rules: [Rule], expected words: String? = nil, write: @escaping (Value) -> YAMLValue
    ) -> Rule {
        precondition(!rules.isEmpty, "a rule needs alternatives")
        let expected = words ?? rules.map(\.expected).joined(separator: ", or ")
        return Rule(
            expected: expected, schema: ["anyOf": .sequence(rules.map(\.schema))],
            placeholder: rules[0].placeholder,
            accepts: { node in rules.contains { $0.accepts(node) } },
            read: { node, context in
                guard let rule = rules.first(where: { $0.accepts(node) }) else {
                    context.reject(node, expected: expected)
                    return rules[0].placeholder
                }
                return rule.read(node, &context)
            },
            write: write)
    }

    /// `rule`, or a word for nil.
    package static func word<Wrapped>(
        _ word: String, or rule: Rule<Wrapped>
    ) -> Rule where Value == Wrapped? {
        let expected = "\(rule.expected), or \(word)"
        return Rule(
            expected: expected, schema: ["anyOf": [["const": .text(word)], rule.schema]],
            placeholder: nil,
            accepts: { $0.scalar?.text == word || rule.accepts($0) },
            read: { node, context in
                if node.scalar?.text == word { return nil }
                let before = context.issues.count
                let value = context.offering(word) { rule.read(node, &$0) }
                return context.issues.count == before ? value : nil
            },
            write: { $0.map(rule.write) ?? .text(word) })
    }
}
