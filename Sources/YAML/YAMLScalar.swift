/// The text of a scalar, and what it means by the core schema of YAML 1.2.
///
/// `yes`, `no`, `on` and `off` are texts. Numbers are decimal, without leading zeros, without
/// underscores and finite: what YAML 1.1 and 1.2 read differently is no number here.
package struct YAMLScalar: Equatable, Sendable {
    package let text: String
    /// Whether it stands without quotes and not as a block, and so may be more than a text.
    package let isPlain: Bool

    package init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    package var isNull: Bool {
        isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
    }

    package var boolean: Bool? {
        guard isPlain else { return nil }
        return switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// The whole number, when it is one and fits.
    package func integer<Number: FixedWidthInteger>(as type: Number.Type) -> Number? {
        guard isPlain, NumberText(text)?.isInteger == true else { return nil }
        return Number(text)
    }

    /// The number, when it is one and finite.
    package var number: Double? {
        guard isPlain, NumberText(text) != nil, let number = Double(text), number.isFinite else {
            return nil
        }
        return number
    }

    /// Whether some reader of YAML takes this text for a number.
    package var looksNumeric: Bool {
        guard isPlain, let first = text.utf8.first(where: { !"+-.".utf8.contains($0) }) else {
            return false
        }
        let special = [".inf", ".nan"].contains { text.lowercased().hasSuffix($0) }
        return special || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }

    /// The text, unless the scalar means something else.
    package var string: String? {
        guard isPlain else { return text }
        let isOther = isNull || boolean != nil || NumberText(text) != nil
        return isOther ? nil : text
    }
}
