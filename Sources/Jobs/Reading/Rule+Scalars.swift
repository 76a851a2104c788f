internal import YAML

extension Rule where Value == Int {
    /// A whole number in `range`.
    package static func integer(in range: ClosedRange<Int>) -> Rule {
        let expected =
            range.upperBound == .max
            ? "a whole number of at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return scalar(
            expected: expected, schema: schema(of: range), placeholder: range.lowerBound,
            parse: { scalar in
                scalar.integer(as: Int.self).flatMap { range.contains($0) ? $0 : nil }
            },
            write: { .integer($0) })
    }

    private static func schema(of range: ClosedRange<Int>) -> YAMLValue {
        let type: YAMLValue = ["type": "integer", "minimum": .integer(range.lowerBound)]
        guard range.upperBound != .max else { return type }
        return type.adding([.init("maximum", .integer(range.upperBound))])
    }
}

extension Rule where Value == UInt64 {
    /// The seed of a random stream: any whole number of 64 bits.
    package static var seed: Rule {
        scalar(
            expected: "a whole number from 0 to \(UInt64.max)",
            schema: ["type": "integer", "minimum": 0, "maximum": .unsigned(.max)],
            placeholder: 0,
            parse: { $0.integer(as: UInt64.self) },
            write: { .unsigned($0) })
    }
}

extension Rule where Value == Double {
    /// A finite number in `range`.
    package static func number(_ range: NumberRange) -> Rule {
        scalar(
            expected: range.words, schema: range.schema, placeholder: range.maximum ?? 1,
            parse: { scalar in
                scalar.number.flatMap { range.contains($0) ? $0 : nil }
            },
            write: { .number($0) })
    }
}

extension Rule where Value == Bool {
    /// `true` or `false`; other words for them are texts.
    package static var boolean: Rule {
        scalar(
            expected: "true or false", schema: ["type": "boolean"], placeholder: false,
            parse: \.boolean, write: { .boolean($0) })
    }
}

extension Rule where Value == String {
    /// A text of 1 to 4096 bytes on one line.
    package static func text(_ expected: String = "a text") -> Rule {
        scalar(
            expected: expected, schema: ["type": "string", "minLength": 1], placeholder: "",
            parse: { scalar in
                guard let text = scalar.string, (1...4096).contains(text.utf8.count),
                    !text.unicodeScalars.contains(where: \.isControl)
                else { return nil }
                return text
            },
            write: { .text($0) })
    }
}

extension Rule where Value == String {
    /// A text of 1 to 65536 bytes on any number of lines.
    package static var prose: Rule {
        scalar(
            expected: "a text, which may have several lines after |",
            schema: ["type": "string", "minLength": 1], placeholder: "",
            parse: { scalar in
                guard let text = scalar.string, (1...65536).contains(text.utf8.count),
                    !text.unicodeScalars.contains(where: { $0.isControl && $0 != "\n" })
                else { return nil }
                return text
            },
            write: { .text($0) })
    }
}

extension Rule where Value: CaseIterable & RawRepresentable<String> {
    /// One of the words of an enum.
    package static func word(_ type: Value.Type) -> Rule where Value.AllCases == [Value] {
        let words = Value.allCases.map(\.rawValue)
        return Rule(
            expected: Suggestion.listed(words), schema: .words(words),
            placeholder: Value.allCases[0],
            accepts: { $0.scalar != nil },
            read: { node, context in
                guard let text = node.scalar?.text, let value = Value(rawValue: text) else {
                    context.reject(node, amongWords: words)
                    return Value.allCases[0]
                }
                return value
            },
            write: { .text($0.rawValue) })
    }
}

extension Rule {
    /// One word that stands for `value`.
    package static func word(_ word: String, for value: Value) -> Rule {
        Rule(
            expected: word, schema: ["const": .text(word)], placeholder: value,
            accepts: { $0.scalar?.text == word },
            read: { node, context in
                if node.scalar?.text != word { context.reject(node, amongWords: [word]) }
                return value
            },
            write: { _ in .text(word) })
    }
}

extension ReadingContext {
    /// Reports that `node` is none of `words`, with the nearest of them.
    mutating func reject(_ node: YAMLNode, amongWords words: [String]) {
        let nearest = node.scalar.flatMap { Suggestion.nearest(to: $0.text, among: words) }
        guard let nearest, words.count > 1, let found = Found(node) else {
            reject(node, expected: Suggestion.listed(words))
            return
        }
        report(
            node.position, "\(name) is \(found.text)",
            "did you mean \(nearest)? It is one of \(words.joined(separator: ", "))")
    }
}

extension YAMLValue {
    /// The schema of one of `words`.
    static func words(_ words: [String]) -> YAMLValue {
        ["enum": .sequence(words.map { .text($0) })]
    }
}
