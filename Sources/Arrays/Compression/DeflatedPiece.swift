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

    /// Deflates `original` at a `level` from 1, fast, to 9, small.
    ///
    /// - Throws: `ArrayError` when there is no memory for it.
    package init(deflating original: [UInt8], level: Int) throws(ArrayError) {
        var handle: OpaquePointer?
        try checkCodec(
            cc_deflater_create(Int32(CC_WRAP_NONE), Int32(level), &handle), in: "deflate")
        defer { cc_deflater_free(handle) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var consumed = 0
        var done: Int32 = 0
        while done == 0 {
            var read = 0
            var produced = 0
            let message = original[consumed...].withUnsafeBufferPointer { input in
                cc_deflater_run(
                    handle, Int32(CC_FLUSH_BYTE), input.baseAddress, input.count, &read,
                    &buffer, buffer.count, &produced, &done)
            }
            try checkCodec(message, in: "deflate")
            consumed += read
            output += buffer[..<produced]
        }
        bytes = output
        originalCount = original.count
        checksum = CRC32.of(original)
    }
}
