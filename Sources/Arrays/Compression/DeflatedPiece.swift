import CCodecs

/// A piece of a longer text, deflated on its own so that many can be made at once.
///
/// It ends on a byte, so the pieces put one after another, and an end block, are one stream.
package struct DeflatedPiece: Sendable {
    package let bytes: [UInt8]
    /// The size of the original.
    package let originalCount: Int
    /// The CRC-32 of the original.
    let checksum: UInt32

    /// Deflates `original` when that is worth it.
    ///
    /// Photographs shrink by a tenth at best, which takes longer than decoding them and slows
    /// down every reader; bytes whose sample saves less than a quarter are only wrapped.
    ///
    /// - Throws: `ArrayError` when there is no memory for it.
    package init(deflating original: [UInt8]) throws(ArrayError) {
        let start = original.count / 2
        let sample = original[start..<min(start + Self.sampleSize, original.count)]
        let isWorthIt = try Self.deflate(sample, level: 1).count * 4 < sample.count * 3
        bytes = try Self.deflate(original[...], level: isWorthIt ? 6 : 0)
        originalCount = original.count
        checksum = CRC32.of(original)
    }

    private static let sampleSize = 8 << 10

    private static func deflate(
        _ original: ArraySlice<UInt8>, level: Int32
    ) throws(ArrayError) -> [UInt8] {
        var handle: OpaquePointer?
        try checkCodec(cc_deflater_create(Int32(CC_WRAP_NONE), level, &handle), in: "deflate")
        defer { cc_deflater_free(handle) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var rest = original
        var done: Int32 = 0
        while done == 0 {
            var read = 0
            var produced = 0
            let message = rest.withUnsafeBufferPointer { input in
                cc_deflater_run(
                    handle, Int32(CC_FLUSH_BYTE), input.baseAddress, input.count, &read,
                    &buffer, buffer.count, &produced, &done)
            }
            try checkCodec(message, in: "deflate")
            rest = rest.dropFirst(read)
            output += buffer[..<produced]
        }
        return output
    }
}
