extension PickleMachine {
    /// The value that `opcode`, one of those for constants, and the bytes after it say.
    ///
    /// - Throws: `ArrayError` when the bytes are not there or not valid.
    mutating func constant(_ opcode: PickleOpcode) throws(ArrayError) -> PickleValue {
        switch opcode {
        case .newTrue: .truth(true)
        case .newFalse: .truth(false)
        case .binInt:
            .integer(Int(Int32(truncatingIfNeeded: try cursor.integer(size: 4))))
        case .binInt1: .integer(try cursor.integer(size: 1))
        case .binInt2: .integer(try cursor.integer(size: 2))
        case .long1: try integer(byteCount: cursor.integer(size: 1))
        case .binFloat: .number(try number())
        case .binUnicode: .text(try text(byteCount: cursor.integer(size: 4)))
        case .shortBinUnicode: .text(try text(byteCount: cursor.integer(size: 1)))
        case .binString: .text(try oldText(byteCount: cursor.integer(size: 4)))
        case .shortBinString: .text(try oldText(byteCount: cursor.integer(size: 1)))
        default: .null
        }
    }

    /// An integer in two's complement, little-endian.
    private mutating func integer(byteCount: Int) throws(ArrayError) -> PickleValue {
        let bytes = try cursor.bytes(byteCount)
        guard bytes.count <= 8 else { return .longInteger(Array(bytes)) }
        let isNegative = bytes.last.map { $0 >= 0x80 } ?? false
        let bits = bytes.reversed().reduce(isNegative ? UInt64.max : 0) { $0 << 8 | UInt64($1) }
        return .integer(Int(truncatingIfNeeded: bits))
    }

    private mutating func number() throws(ArrayError) -> Double {
        let bits = try cursor.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bitPattern: bits)
    }

    private mutating func text(byteCount: Int) throws(ArrayError) -> String {
        guard let text = String(validating: try cursor.bytes(byteCount), as: UTF8.self) else {
            throw cursor.damage("has a text that is not UTF-8")
        }
        return text
    }

    /// A text of Python 2, which did not say in which code it is.
    private mutating func oldText(byteCount: Int) throws(ArrayError) -> String {
        let bytes = try cursor.bytes(byteCount)
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
