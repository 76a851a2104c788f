import Arrays

/// One 512-byte header block of a tar archive: v7, ustar or GNU.
///
/// POSIX.1-2017, pax, "ustar Interchange Format".
struct TarHeader: Equatable {
    enum Kind: Equatable {
        case file
        /// The name of the next entry is this one's content (GNU).
        case longName
        /// The fields of the next entry are this one's content (POSIX pax).
        case extended
        /// Content about the next entry, or about all, that does not matter here.
        case remark
        /// A file without its runs of zeros (GNU).
        case sparse
        /// An entry that is no file.
        case other
    }

    let name: String
    let kind: Kind
    /// The size of the content that follows.
    let size: Int

    static let byteCount = 512

    /// Whether `block` is a header, as its checksum says.
    static func isValid(_ block: [UInt8]) -> Bool {
        guard block.count == byteCount, let stated = octal(block[148..<156]) else { return false }
        let spaces = 8 * Int(UInt8(ascii: " "))
        let outside = block[..<148] + block[156...]
        // Some old programs summed signed characters.
        let unsigned = outside.reduce(spaces) { $0 + Int($1) }
        let signed = outside.reduce(spaces) { $0 + Int(Int8(bitPattern: $1)) }
        return stated == unsigned || stated == signed
    }

    /// Reads the header in `block`.
    ///
    /// - Throws: `ArrayError` when it is not one.
    init(_ block: [UInt8], context: String) throws(ArrayError) {
        guard Self.isValid(block) else {
            throw ArrayError(.malformed("a tar header is damaged"), in: context)
        }
        guard let size = Self.number(block[124..<136]) else {
            throw ArrayError(.malformed("a tar header has no valid size"), in: context)
        }
        var name = Self.text(block[..<100])
        if block[257..<263].elementsEqual(Array("ustar\0".utf8)) {
            let prefix = Self.text(block[345..<500])
            if !prefix.isEmpty { name = "\(prefix)/\(name)" }
        }
        self.name = name
        let type = block[156]
        kind = Self.kind(type, name: name)
        // Links, devices and folders have no content, whatever their size says.
        let isEmpty = (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type)
        self.size = isEmpty ? 0 : size
    }

    private static func kind(_ type: UInt8, name: String) -> Kind {
        switch type {
        // Before ustar, a folder was a file whose name ends in a slash.
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): name.hasSuffix("/") ? .other : .file
        case UInt8(ascii: "L"): .longName
        case UInt8(ascii: "x"): .extended
        case UInt8(ascii: "S"): .sparse
        case UInt8(ascii: "K"), UInt8(ascii: "g"): .remark
        default: .other
        }
    }

    /// The bytes up to the first zero, as text.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        let bytes = bytes.prefix { $0 != 0 }
        // Other encodings are not declared; their bytes stay distinct.
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// An octal number, or a binary one where the first bit is set (GNU).
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
        guard first == 0x80 else { return nil }
        return field.dropFirst().reduce(0 as Int?) { value, byte in
            guard let value, value < 1 << 55 else { return nil }
            return value << 8 | Int(byte)
        }
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let isPadding: (UInt8) -> Bool = { $0 == 0 || $0 == UInt8(ascii: " ") }
        let digits = field.drop(while: isPadding).prefix { !isPadding($0) }
        if digits.isEmpty { return 0 }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }
}
