internal import YAML

extension Rule {
    /// A map with one key, the name of a method, or the bare name when every setting has its
    /// default.
    package static func choice(
        _ alternatives: [Alternative<Value>], write: @escaping (Value) -> Choice
    ) -> Rule {
        precondition(!alternatives.isEmpty, "a choice needs alternatives")
        let names = alternatives.map(\.name)
        return Rule(
            expected: "one of \(names.joined(separator: ", "))",
            schema: choiceSchema(alternatives), placeholder: alternatives[0].placeholder,
            accepts: { $0.scalar != nil || $0.entries != nil },
            read: { ChoiceReading(alternatives: alternatives).read($0, &$1) },
            write: { write($0).value })
    }

    private static func choiceSchema(_ alternatives: [Alternative<Value>]) -> YAMLValue {
        let bare = alternatives.filter { $0.bare != nil }.map(\.name)
        let objects = alternatives.map { alternative -> YAMLValue in
            [
                "type": "object", "required": [.text(alternative.name)],
                "properties": .mapping([.init(alternative.name, alternative.schema())]),
                "additionalProperties": false,
            ]
        }
        let words = bare.isEmpty ? [] : [YAMLValue.words(bare)]
        return ["anyOf": .sequence(words + objects)]
    }
}

/// Reads a choice.
private struct ChoiceReading<Value> {
    let alternatives: [Alternative<Value>]

    func read(_ node: YAMLNode, _ context: inout ReadingContext) -> Value {
        switch node.content {
        case .scalar(let scalar) where !scalar.isNull: bare(scalar.text, node, &context)
        case .mapping(let entries): named(entries, node, &context)
        case .scalar, .sequence, .refused: rejected(node, &context)
        }
    }

    private var names: [String] { alternatives.map(\.name) }

    private func rejected(_ node: YAMLNode, _ context: inout ReadingContext) -> Value {
        context.reject(node, expected: "one of \(names.joined(separator: ", "))")
        return alternatives[0].placeholder
    }

    private func bare(
        _ word: String, _ node: YAMLNode, _ context: inout ReadingContext
    ) -> Value {
        guard let alternative = alternatives.first(where: { $0.name == word }) else {
            context.reject(node, amongWords: names)
            return alternatives[0].placeholder
        }
        if let value = alternative.bare { return value }
        context.report(
            node.position, "\(context.name) is \(word) without its settings",
            "write {\(word): \(alternative.expected)}")
        return alternative.placeholder
    }

    private func named(
        _ entries: [YAMLEntry], _ node: YAMLNode, _ context: inout ReadingContext
    ) -> Value {
        guard !entries.isEmpty else { return rejected(node, &context) }
        if entries.count > 1 {
            let keys = entries.prefix(5).map { $0.key.prefix(60) }.joined(separator: ", ")
            context.report(
                node.position, "\(context.name) has \(entries.count) keys: \(keys)",
                "write exactly one of \(names.joined(separator: ", "))")
        }
        var value: Value?
        for entry in entries {
            value = context.within(key: entry.key) { settings(of: entry, &$0) } ?? value
        }
        return value ?? alternatives[0].placeholder
    }

    private func settings(of entry: YAMLEntry, _ context: inout ReadingContext) -> Value? {
        guard let alternative = alternatives.first(where: { $0.name == entry.key }) else {
            let nearest = context.isFull ? nil : Suggestion.nearest(to: entry.key, among: names)
            context.report(
                entry.position, "unknown key \(entry.key.prefix(60)) in \(context.parentName)",
                nearest.map { "did you mean \($0)?" }
                    ?? "write one of \(names.joined(separator: ", "))")
            return nil
        }
        if entry.value.scalar?.isNull == true, let value = alternative.bare { return value }
        return alternative.read(entry.value, &context)
    }
}
