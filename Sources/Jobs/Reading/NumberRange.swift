internal import YAML

/// The numbers that a setting may have.
package struct NumberRange: Sendable {
    package let minimum: Double?
    /// Whether the minimum itself is left out.
    package let isOpen: Bool
    package let maximum: Double?

    /// From `minimum` to `maximum`, both allowed.
    package static func from(_ minimum: Double, to maximum: Double) -> NumberRange {
        NumberRange(minimum: minimum, isOpen: false, maximum: maximum)
    }

    /// Above `minimum`, and at most `maximum`.
    package static func above(_ minimum: Double, to maximum: Double? = nil) -> NumberRange {
        NumberRange(minimum: minimum, isOpen: true, maximum: maximum)
    }

    /// At least `minimum`.
    package static func atLeast(_ minimum: Double) -> NumberRange {
        NumberRange(minimum: minimum, isOpen: false, maximum: nil)
    }

    package func contains(_ number: Double) -> Bool {
        if let minimum, isOpen ? number <= minimum : number < minimum { return false }
        if let maximum, number > maximum { return false }
        return true
    }

    /// The range in words, such as `a number above 0 and at most 1`.
    package var words: String {
        let low = minimum.map(Self.text)
        let high = maximum.map(Self.text)
        return switch (low, high) {
        case (nil, nil): "a number"
        case (let low?, nil): isOpen ? "a number above \(low)" : "a number of at least \(low)"
        case (nil, let high?): "a number of at most \(high)"
        case (let low?, let high?):
            isOpen
                ? "a number above \(low) and at most \(high)" : "a number from \(low) to \(high)"
        }
    }

    var schema: YAMLValue {
        var fields: [YAMLValue.Field] = [.init("type", "number")]
        if let minimum {
            fields.append(.init(isOpen ? "exclusiveMinimum" : "minimum", .number(minimum)))
        }
        if let maximum { fields.append(.init("maximum", .number(maximum))) }
        return .mapping(fields)
    }

    private static func text(_ number: Double) -> String {
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
