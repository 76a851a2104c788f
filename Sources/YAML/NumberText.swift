/// A number as it may be written: `[-+]? (digits [. digits?] | . digits) ([eE] [-+]? digits)?`,
/// without leading zeros.
struct NumberText {
    let isInteger: Bool

    /// Nil when `text` is no such number.
    init?(_ text: String) {
        var rest = text.utf8[...]
        Self.skipSign(&rest)
        let whole = Self.skipDigits(&rest)
        guard whole.count <= 1 || whole.first != UInt8(ascii: "0") else { return nil }
        var fraction = 0
        let hasPoint = rest.first == UInt8(ascii: ".")
        if hasPoint {
            rest.removeFirst()
            fraction = Self.skipDigits(&rest).count
        }
        guard !whole.isEmpty || fraction > 0 else { return nil }
        let hasExponent = rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E")
        if hasExponent {
            rest.removeFirst()
            Self.skipSign(&rest)
            guard !Self.skipDigits(&rest).isEmpty else { return nil }
        }
        guard rest.isEmpty else { return nil }
        isInteger = !hasPoint && !hasExponent
    }

    private static func skipSign(_ rest: inout Substring.UTF8View) {
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            rest.removeFirst()
        }
    }

    private static func skipDigits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest[digits.endIndex...]
        return digits
    }
}
