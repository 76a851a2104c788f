/// Editing PNG files by hand.
enum PNGBytes {
    /// `bytes` with the checksum of every chunk made right, as far as the chunks can be followed.
    ///
    /// Damage that the checksums betray never reaches the decoder's inner parts.
    static func mended(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var position = 8
        while position + 12 <= bytes.count {
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = position + 8 + length
            guard end + 4 <= bytes.count else { break }
            bytes.replaceSubrange(
                end..<end + 4, with: bigEndian(checksum(bytes[position + 4..<end])))
            position = end + 4
        }
        return bytes
    }

    /// `bytes` with another width and height in their header.
    static func resized(_ bytes: [UInt8], width: UInt32, height: UInt32) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(16..<20, with: bigEndian(width))
        bytes.replaceSubrange(20..<24, with: bigEndian(height))
        return mended(bytes)
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// CRC-32, bit by bit.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0 as UInt32) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0)
            }
        }
    }
}
