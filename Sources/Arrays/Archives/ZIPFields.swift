/// Little-endian integers in some bytes of a ZIP archive.
struct ZIPFields {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The unsigned integer of `size` bytes, up to 4, at `offset`, which must lie inside.
    func integer(at offset: Int, size: Int) -> Int {
        bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// The unsigned integer of 8 bytes at `offset`; nil when they are not there or too large.
    func wideInteger(at offset: Int) -> Int? {
        guard offset + 8 <= bytes.count else { return nil }
        return Int(
            exactly: bytes[offset..<offset + 8].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            })
    }
}
