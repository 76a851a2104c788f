/// The bytes of a path as text, for JSON, which knows no names that are not UTF-8.
///
/// A byte that is not UTF-8, and a backslash, become `\x` and two hexadecimal digits.
package struct PathText: Equatable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(bytes: [UInt8]) {
        let backslash = UInt8(ascii: "\\")
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            let isPlain = first < 0x80 && first != backslash
            if !isPlain, first != backslash, let (scalar, count) = Self.scalar(at: rest) {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(count)
                continue
            }
            text += isPlain ? String(Unicode.Scalar(first)) : Self.escaped(first)
            rest = rest.dropFirst()
        }
        self.text = text
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            if rest.starts(with: #"\x"#.utf8), let byte = Self.byte(rest.dropFirst(2).prefix(2)) {
                bytes.append(byte)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
        return bytes
    }

    /// The character that `bytes` begin with, which takes more than one of them; nil for none.
    private static func scalar(at bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, bytes: Int)? {
        for count in 2...4 {
            let scalars = String(validating: bytes.prefix(count), as: UTF8.self)?.unicodeScalars
            if let scalars, scalars.count == 1, let scalar = scalars.first {
                return (scalar, count)
            }
        }
        return nil
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return #"\x"# + (digits.count == 1 ? "0" : "") + digits
    }

    private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2,
            digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
        else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
