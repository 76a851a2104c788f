import Arrays

/// Puts lengths and checksums right that a mutation broke.
enum Repair {
    /// The length of the header says where its line ends.
    static func npy(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 12, let end = bytes[10...].firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        let size = bytes[6] == 1 ? 2 : 4
        return replacing(bytes, at: 8, by: end + 1 - 8 - size, size: size)
    }

    /// The length of the header ends behind the last brace.
    static func safetensors(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 8, let end = bytes.lastIndex(of: UInt8(ascii: "}")), end > 8 else {
            return nil
        }
        return replacing(bytes, at: 0, by: end + 1 - 8, size: 8)
    }

    /// The checksums of the entries of an archive are those of their stored bytes.
    static func zip(_ bytes: [UInt8]) -> [UInt8]? {
        var result = bytes
        let signature: [UInt8] = [0x50, 0x4B, 1, 2]
        for start in 0..<max(0, bytes.count - 45)
        where bytes[start] == 0x50 && bytes[start..<start + 4].elementsEqual(signature) {
            guard integer(bytes, at: start + 10, size: 2) == 0 else { continue }
            let (stored, header) = place(bytes, start)
            guard let content = content(bytes, header, stored) else { continue }
            result = replacing(
                result, at: start + 16, by: Int(CRC32.of(Array(content))), size: 4)
        }
        return result
    }

    /// The checksum of the first header of a tar archive is that of its bytes.
    static func tar(_ bytes: [UInt8]) -> [UInt8]? {
        var result = bytes
        var start = 0
        while start + 512 <= result.count {
            let others = result[start..<start + 148] + result[start + 156..<start + 512]
            let sum = others.reduce(8 * 32) { $0 + Int($1) }
            guard sum > 8 * 32 else { break }
            let digits = String(sum, radix: 8)
            let text = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
            result.replaceSubrange(start + 148..<start + 156, with: text.utf8)
            let size = result[start + 124..<start + 136].prefix { $0 >= 48 && $0 < 56 }
                .reduce(0) { min($0 << 3 | Int($1 - 48), 1 << 30) }
            start += 512 + (size + 511) / 512 * 512
        }
        return result
    }

    /// The stored size and the place of an entry, from the ZIP64 field when it has one.
    private static func place(_ bytes: [UInt8], _ start: Int) -> (stored: Int, header: Int) {
        let stored = integer(bytes, at: start + 20, size: 4)
        let extra = start + 46 + integer(bytes, at: start + 28, size: 2)
        guard stored == 0xFFFF_FFFF, extra + 28 <= bytes.count else {
            return (stored, integer(bytes, at: start + 42, size: 4))
        }
        return (integer(bytes, at: extra + 12, size: 4), integer(bytes, at: extra + 20, size: 4))
    }

    private static func content(
        _ bytes: [UInt8], _ header: Int, _ stored: Int
    ) -> ArraySlice<UInt8>? {
        guard header + 30 <= bytes.count else { return nil }
        let start =
            header + 30 + integer(bytes, at: header + 26, size: 2)
            + integer(bytes, at: header + 28, size: 2)
        return start + stored <= bytes.count ? bytes[start..<start + stored] : nil
    }

    private static func integer(_ bytes: [UInt8], at offset: Int, size: Int) -> Int {
        bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func replacing(
        _ bytes: [UInt8], at offset: Int, by value: Int, size: Int
    ) -> [UInt8] {
        var result = bytes
        for index in 0..<size {
            result[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
        return result
    }
}
