extension Glob {
    /// A part of a pattern.
    enum Token: Equatable {
        case anyText
        case anyCharacter
        case character(Unicode.Scalar)
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

        /// Whether this fits one character.
        func fits(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .anyText, .anyCharacter: true
            case .character(let other): scalar == other
            case .set(let ranges, let isNegated):
                ranges.contains { $0.contains(scalar) } != isNegated
            }
        }
    }

    /// The parts of `pattern`, nil when a set is not closed.
    static func tokens(of pattern: String) -> [Token]? {
        var tokens: [Token] = []
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                if tokens.last != .anyText { tokens.append(.anyText) }
            case "?":
                tokens.append(.anyCharacter)
            case "[":
                guard let set = set(&rest) else { return nil }
                tokens.append(set)
            default:
                tokens.append(.character(scalar))
            }
        }
        return tokens
    }

    /// The set whose `[` was read; a `]` at its beginning belongs to it.
    private static func set(_ rest: inout Substring.UnicodeScalarView) -> Token? {
        let isNegated = rest.first == "!" || rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let low = rest.popFirst() {
            if low == "]", !ranges.isEmpty { return .set(ranges, isNegated: isNegated) }
            var high = low
            let next = rest.dropFirst().first
            if rest.first == "-", let next, next != "]" {
                rest.removeFirst(2)
                high = next
            }
            ranges.append(min(low, high)...max(low, high))
        }
        return nil
    }
}
