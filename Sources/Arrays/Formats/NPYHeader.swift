/// What stands before the elements in an NPY file.
struct NPYHeader {
    let elementType: ElementType
    let isBigEndian: Bool
    let isFortranOrder: Bool
    let shape: [Int]
    /// Where the elements begin.
    let byteCount: Int

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let maximumLength = 1 << 20
    /// No header is longer.
    static let maximumByteCount = 12 + maximumLength

    /// Reads the header at the beginning of `bytes`, which may end anywhere after it.
    ///
    /// - Throws: `ArrayError` when it is not valid or names elements that are not read.
    init(_ bytes: [UInt8], context: String) throws(ArrayError) {
        guard bytes.starts(with: Self.magic) else {
            throw ArrayError(.malformed("is not an NPY file"), in: context)
        }
        guard bytes.count >= 10 else {
            throw ArrayError(.wrongSize(expected: 10, found: bytes.count), in: context)
        }
        let lengthSize: Int
        switch (bytes[6], bytes[7]) {
        case (1, 0): lengthSize = 2
        case (2, 0), (3, 0): lengthSize = 4
        default:
            throw ArrayError(
                .unsupported("NPY version \(bytes[6]).\(bytes[7]) is not read"), in: context)
        }
        let start = 8 + lengthSize
        let length = bytes[8..<min(start, bytes.count)].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.maximumLength else {
            throw ArrayError(.malformed("the header's length, \(length), is wrong"), in: context)
        }
        guard start + length <= bytes.count else {
            throw ArrayError(
                .wrongSize(expected: start + length, found: bytes.count), in: context)
        }
        byteCount = start + length
        let fields = try PythonDictionary(bytes[start..<byteCount], context: context).fields
        guard fields.count == 3, case .text(let description) = fields["descr"],
            case .truth(let isFortranOrder) = fields["fortran_order"],
            case .tuple(let shape) = fields["shape"]
        else {
            throw ArrayError(
                .unsupported("the header does not have just descr, fortran_order and shape"),
                in: context)
        }
        (elementType, isBigEndian) = try Self.elementType(description, in: context)
        self.isFortranOrder = isFortranOrder
        self.shape = shape
    }

    /// The header of a file of `array`.
    ///
    /// - Throws: `ArrayError` for bfloat16, which the format does not know.
    static func bytes(for array: HostArray) throws(ArrayError) -> [UInt8] {
        guard let code = array.elementType.numPyCode else {
            throw ArrayError(
                .unsupported("NPY files cannot hold \(array.elementType.rawValue)"), in: "array")
        }
        let order = array.elementType.byteCount == 1 ? "|" : "<"
        let dimensions = array.shape.map(String.init).joined(separator: ", ")
        let comma = array.shape.count == 1 ? "," : ""
        var text = Array(
            "{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(dimensions)\(comma)), }"
                .utf8)
        // The elements begin at a multiple of 64, after a line feed.
        text += Array(repeating: UInt8(ascii: " "), count: 63 - (10 + text.count) % 64)
        text.append(UInt8(ascii: "\n"))
        guard text.count <= UInt16.max else {
            throw ArrayError(.unsupported("too many dimensions for an NPY file"), in: "array")
        }
        return magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
    }

    private static func elementType(
        _ description: String, in context: String
    ) throws(ArrayError) -> (ElementType, isBigEndian: Bool) {
        let type = ElementType.allCases.first { $0.numPyCode == String(description.dropFirst()) }
        guard let type, let order = description.first, "<>=|".contains(order),
            order != "|" || type.byteCount == 1
        else {
            throw ArrayError(
                .unsupported("holds elements of type \(description), which are not read"),
                in: context)
        }
        return (type, order == ">")
    }
}

extension ElementType {
    /// NumPy's kind and size of the type; nil where it has none.
    fileprivate var numPyCode: String? {
        switch self {
        case .bool: "b1"
        case .uint8: "u1"
        case .int8: "i1"
        case .uint16: "u2"
        case .int16: "i2"
        case .uint32: "u4"
        case .int32: "i4"
        case .uint64: "u8"
        case .int64: "i8"
        case .float16: "f2"
        case .bfloat16: nil
        case .float32: "f4"
        case .float64: "f8"
        case .complex64: "c8"
        }
    }
}
