import CCodecs

/// The checksum of gzip and ZIP.
package enum CRC32 {
    package static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let checksum = bytes.withContiguousStorageIfAvailable {
            cc_crc32(0, $0.baseAddress, $0.count)
        }
        return checksum ?? of(Array(bytes))
    }

    /// The checksum of one text followed by another of `count` bytes.
    static func combined(_ first: UInt32, _ second: UInt32, count: Int) -> UInt32 {
        cc_crc32_combine(first, second, Int64(count))
    }
}
