/// How scalars are spelled in YAML and JSON alike.
enum ValueText {
    /// The shortest decimal number that reads back as `number`; whole ones without a point.
    static func number(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        let text = number.description
        let isWhole = text.hasSuffix(".0") && text != "-0.0"
        return isWhole ? String(text.dropLast(2)) : text
    }

    /// `text` in double quotes with escapes that both languages read.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where needsEscape(scalar): result += "\\u" + hexadecimal(scalar.value)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Control characters, line separators of other kinds, and what YAML does not print.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        let separators: [UInt32] = [0x85, 0x2028, 0x2029, 0xFEFF]
        return !TextCheck.isText(scalar) || separators.contains(scalar.value)
    }

    /// Four digits; everything that needs an escape lies in the first plane.
    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
