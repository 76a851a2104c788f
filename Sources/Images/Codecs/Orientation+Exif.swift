extension Orientation {
    /// The orientation in the Exif segment (APP1) of a JPEG file; upright where there is none.
    ///
    /// Damaged Exif data says nothing about the pixels, so it is passed over.
    init(jpeg bytes: [UInt8]) {
        let reader = ByteReader(bytes: bytes)
        var position = 2
        while let marker = reader.bigEndian16(at: position), marker >> 8 == 0xFF {
            // A segment may be preceded by any number of 0xFF.
            if marker == 0xFFFF {
                position += 1
                continue
            }
            let isLast = marker == 0xFFDA || marker == 0xFFD9
            guard !isLast, let length = reader.bigEndian16(at: position + 2), length >= 2 else {
                break
            }
            let content = position + 4
            if marker == 0xFFE1, reader.hasText("Exif\0\0", at: content) {
                self = Self(tiffAt: content + 6, in: reader)
                return
            }
            position += 2 + Int(length)
        }
        self = .upright
    }

    /// The orientation in the eXIf chunk of a PNG file; upright where there is none.
    init(png bytes: [UInt8]) {
        let reader = ByteReader(bytes: bytes)
        var position = 8
        while let length = reader.integer(at: position, byteCount: 4, isLittleEndian: false) {
            if reader.hasText("eXIf", at: position + 4) {
                self = Self(tiffAt: position + 8, in: reader)
                return
            }
            position += length + 12
        }
        self = .upright
    }

    /// The orientation in the first directory of the TIFF structure at `start`.
    private init(tiffAt start: Int, in reader: ByteReader) {
        self = .upright
        let isLittleEndian = reader.hasText("II*\0", at: start)
        guard isLittleEndian || reader.hasText("MM\0*", at: start) else { return }
        func integer(_ offset: Int, _ byteCount: Int) -> Int? {
            reader.integer(
                at: start + offset, byteCount: byteCount, isLittleEndian: isLittleEndian)
        }
        guard let directory = integer(4, 4), let count = integer(directory, 2) else { return }
        for entry in 0..<count {
            let offset = directory + 2 + 12 * entry
            guard let tag = integer(offset, 2) else { return }
            guard tag == 0x0112 else { continue }
            // Type 3 is a 16-bit integer, which stands in the entry itself.
            if integer(offset + 2, 2) == 3, integer(offset + 4, 4) == 1,
                let value = integer(offset + 8, 2),
                let orientation = Orientation(rawValue: UInt16(value))
            {
                self = orientation
            }
            return
        }
    }
}

/// Integers in untrusted bytes; nil beyond their end.
private struct ByteReader {
    let bytes: [UInt8]

    func integer(at position: Int, byteCount: Int, isLittleEndian: Bool) -> Int? {
        guard position >= 0, position <= bytes.count - byteCount else { return nil }
        let field = bytes[position..<position + byteCount]
        func joined(_ digits: some Sequence<UInt8>) -> Int {
            digits.reduce(0) { $0 << 8 | Int($1) }
        }
        return isLittleEndian ? joined(field.reversed()) : joined(field)
    }

    func bigEndian16(at position: Int) -> UInt16? {
        integer(at: position, byteCount: 2, isLittleEndian: false).map { UInt16($0) }
    }

    func hasText(_ text: StaticString, at position: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position >= 0, position <= bytes.count - count else { return false }
        return text.withUTF8Buffer { bytes[position..<position + count].elementsEqual($0) }
    }
}
