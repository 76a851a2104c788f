#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Numbers as a reader wants them, the same in every locale.
extension Double {
    /// With `digits` behind the point; from 10,000 on with commas between the thousands.
    func fixed(_ digits: Int) -> String {
        guard isFinite else { return wordIfNotFinite }
        let factor = pow(10, Double(digits))
        let scaled = (magnitude * factor).rounded()
        guard scaled < 1e15 else { return scientific(digits: 4) }
        let whole = Int(scaled / factor)
        let fraction = Int(scaled - Double(whole) * factor)
        let sign = self < 0 && scaled > 0 ? "\u{2212}" : ""
        guard digits > 0 else { return sign + Self.grouped(whole) }
        let zeros = String(repeating: "0", count: max(0, digits - "\(fraction)".count))
        return sign + Self.grouped(whole) + "." + zeros + "\(fraction)"
    }

    /// With about `digits` digits that count, such as 0.00123 or 1.2·10⁻⁷.
    func significant(_ digits: Int) -> String {
        guard isFinite, self != 0 else { return isFinite ? "0" : wordIfNotFinite }
        let exponent = Int(log10(magnitude).rounded(.down))
        guard (-4...6).contains(exponent) else { return scientific(digits: digits) }
        return fixed(max(0, digits - 1 - exponent))
    }

    /// With a sign and `digits` behind the point.
    func signed(_ digits: Int) -> String {
        let text = fixed(digits)
        return self >= 0 ? "+" + text : text
    }

    /// A length of time in seconds.
    var duration: String {
        guard isFinite, self >= 0 else { return wordIfNotFinite }
        if self < 1 { return "\((self * 1000).fixed(self < 0.01 ? 1 : 0)) ms" }
        if self < 60 { return "\(fixed(self < 10 ? 2 : 1)) s" }
        let total = min(self, 1e12).rounded()
        let hours = Int(total / 3600)
        let minutes = Int(total / 60) % 60
        return hours > 0 ? "\(hours) h \(minutes) min" : "\(minutes) min \(Int(total) % 60) s"
    }

    private func scientific(digits: Int) -> String {
        let exponent = Int(log10(magnitude).rounded(.down))
        // In two steps, as 10 to the exponent alone may be too small for a number.
        let half = exponent / 2
        let mantissa = self / pow(10, Double(half)) / pow(10, Double(exponent - half))
        return "\(mantissa.fixed(digits - 1))\u{B7}10\(Self.superscript(exponent))"
    }

    /// 10 to the power of `exponent`, as the tick of an axis.
    static func powerOfTen(_ exponent: Int) -> String {
        (-2...3).contains(exponent)
            ? pow(10, Double(exponent)).fixed(max(0, -exponent)) : "10" + superscript(exponent)
    }

    private var wordIfNotFinite: String {
        isNaN ? "\u{2013}" : self < 0 ? "\u{2212}\u{221E}" : "\u{221E}"
    }

    private static func grouped(_ whole: Int) -> String {
        let digits = Array("\(whole)")
        guard digits.count > 4 else { return String(digits) }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    private static func superscript(_ number: Int) -> String {
        let text = "\(number.magnitude)".unicodeScalars.map { digit -> Character in
            switch digit {
            case "1": "\u{B9}"
            case "2": "\u{B2}"
            case "3": "\u{B3}"
            // The other superscripts stand together, in their order.
            default: Character(Unicode.Scalar(0x2070 + digit.value - 0x30) ?? digit)
            }
        }
        return (number < 0 ? "\u{207B}" : "") + String(text)
    }
}
