/// A strict reader of JSON (RFC 8259): UTF-8, no duplicate names, bounded depth.
struct JSONParser {
    private let bytes: [UInt8]
    private let context: String
    private var position = 0
    private var depth = 0
    private static let maximumDepth = 64

    private init(_ bytes: [UInt8], context: String) {
        self.bytes = bytes
        self.context = context
    }

    /// The value that `bytes` are the text of; white space may surround it.
    ///
    /// - Throws: `ArrayError` that says at which byte the text stops being JSON.
    static func parse(_ bytes: [UInt8], context: String) throws(ArrayError) -> JSONValue {
        var parser = JSONParser(bytes, context: context)
        let value = try parser.value()
        parser.skipWhitespace()
        guard parser.position == bytes.count else {
            throw parser.failure("something follows the JSON value")
        }
        return value
    }

    private mutating func value() throws(ArrayError) -> JSONValue {
        skipWhitespace()
        guard let byte = current else { throw failure("the text ends early") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .array(try elements())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func members() throws(ArrayError) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        try sequence(closing: "}") { (parser: inout JSONParser) throws(ArrayError) in
            let name = try parser.string()
            guard names.insert(name).inserted else {
                throw parser.failure("the name \(JSONValue.quoted(name)) occurs twice")
            }
            parser.skipWhitespace()
            try parser.expect(":")
            members.append(.init(name: name, value: try parser.value()))
        }
        return members
    }

    private mutating func elements() throws(ArrayError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try sequence(closing: "]") { (parser: inout JSONParser) throws(ArrayError) in
            elements.append(try parser.value())
        }
        return elements
    }

    /// Reads an opening bracket, items with commas between them, and `closing`.
    private mutating func sequence(
        closing: Unicode.Scalar,
        item: (inout JSONParser) throws(ArrayError) -> Void
    ) throws(ArrayError) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw failure("nested too deeply") }
        position += 1
        skipWhitespace()
        if current != UInt8(ascii: closing) {
            try item(&self)
            skipWhitespace()
            while current == UInt8(ascii: ",") {
                position += 1
                skipWhitespace()
                try item(&self)
                skipWhitespace()
            }
        }
        try expect(closing)
        depth -= 1
    }

    private mutating func word(
        _ word: String, _ value: JSONValue
    ) throws(ArrayError) -> JSONValue {
        for scalar in word.unicodeScalars { try expect(scalar) }
        return value
    }

    private mutating func number() throws(ArrayError) -> String {
        let start = position
        skip("-")
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { skip("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(ArrayError) {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw failure("expected a JSON value") }
    }
}

// MARK: Strings and bytes

extension JSONParser {
    private mutating func string() throws(ArrayError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure("a control character in a string") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                text += String(try escaped()).utf8
            } else {
                text.append(byte)
            }
        }
        try expect("\"")
        guard let string = String(validating: text, as: UTF8.self) else {
            throw failure("a string is not UTF-8")
        }
        return string
    }

    private mutating func escaped() throws(ArrayError) -> Unicode.Scalar {
        guard let byte = current else { throw failure("the text ends early") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return .init(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default: throw failure("unknown escape in a string")
        }
    }

    /// The scalar of `\uXXXX`, or of two of them that are a surrogate pair.
    private mutating func codePoint() throws(ArrayError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        try expect("\\")
        try expect("u")
        let second = try hexadecimal()
        guard (0xD800..<0xDC00).contains(first), (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half a surrogate pair in a string") }
        return scalar
    }

    private mutating func hexadecimal() throws(ArrayError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw failure("expected four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    @discardableResult
    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(ArrayError) {
        guard skip(scalar) else { throw failure("expected \(scalar)") }
    }

    private func failure(_ what: String) -> ArrayError {
        ArrayError(.malformed("invalid JSON at byte \(position): \(what)"), in: context)
    }
}
