/// The literal of a Python dictionary, as far as NPY headers have one.
///
/// Nothing is evaluated: strings, `True`, `False` and tuples of whole numbers are all there is.
struct PythonDictionary {
    enum Value: Equatable {
        case text(String)
        case truth(Bool)
        case tuple([Int])
    }

    let fields: [String: Value]

    /// Reads `bytes`, which may end in white space.
    ///
    /// - Throws: `ArrayError` when they are anything else.
    init(_ bytes: ArraySlice<UInt8>, context: String) throws(ArrayError) {
        var reader = Reader(rest: bytes, context: context)
        fields = try reader.dictionary()
    }
}

private struct Reader {
    var rest: ArraySlice<UInt8>
    let context: String

    mutating func dictionary() throws(ArrayError) -> [String: PythonDictionary.Value] {
        var fields: [String: PythonDictionary.Value] = [:]
        try expect("{")
        while !skip("}") {
            let key = try text()
            try expect(":")
            guard fields.updateValue(try value(), forKey: key) == nil else { throw failure() }
            if !skip(",") {
                try expect("}")
                break
            }
        }
        skipSpace()
        guard rest.isEmpty else { throw failure() }
        return fields
    }

    private mutating func value() throws(ArrayError) -> PythonDictionary.Value {
        skipSpace()
        if rest.starts(with: "True".utf8) {
            rest = rest.dropFirst(4)
            return .truth(true)
        }
        if rest.starts(with: "False".utf8) {
            rest = rest.dropFirst(5)
            return .truth(false)
        }
        return rest.first == UInt8(ascii: "(") ? .tuple(try tuple()) : .text(try text())
    }

    private mutating func tuple() throws(ArrayError) -> [Int] {
        var numbers: [Int] = []
        try expect("(")
        while !skip(")") {
            numbers.append(try number())
            if !skip(",") {
                // A single number in parentheses is no tuple in Python.
                guard numbers.count != 1 else { throw failure() }
                try expect(")")
                break
            }
        }
        return numbers
    }

    private mutating func number() throws(ArrayError) -> Int {
        skipSpace()
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw failure() }
        rest = rest.dropFirst(digits.count)
        // Python 2 wrote long integers like this.
        skip("L")
        return number
    }

    private mutating func text() throws(ArrayError) -> String {
        skipSpace()
        guard let quote = rest.popFirst(), quote == 0x22 || quote == 0x27,
            let end = rest.firstIndex(of: quote),
            let text = String(validating: rest[..<end], as: UTF8.self), !text.contains("\\")
        else { throw failure() }
        rest = rest[(end + 1)...]
        return text
    }

    @discardableResult
    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(ArrayError) {
        guard skip(scalar) else { throw failure() }
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
    }

    private func failure() -> ArrayError {
        ArrayError(
            .malformed("the header, at byte \(rest.startIndex), is not a plain dictionary"),
            in: context)
    }
}
