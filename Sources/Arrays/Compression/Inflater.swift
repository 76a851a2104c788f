import CCodecs
import Glibc

/// Undoes deflate, piece by piece.
package final class Inflater {
    /// What surrounds the deflated data.
    package enum Wrapping: Sendable { case none, gzip }

    /// What one step did.
    package struct Step {
        package let consumed: Int
        package let produced: Int
        /// The end of the deflated stream has been reached.
        package let isEnd: Bool
    }

    private let context: String
    private var handle: OpaquePointer?

    /// Ready for a stream that errors call `context`.
    ///
    /// - Throws: `ArrayError` when there is no memory for it.
    package init(_ wrapping: Wrapping, context: String) throws(ArrayError) {
        self.context = context
        let code = wrapping == .gzip ? CC_WRAP_GZIP : CC_WRAP_NONE
        try checkCodec(cc_inflater_create(Int32(code), &handle), in: context)
    }

    deinit { cc_inflater_free(handle) }

    /// Makes it ready for another stream.
    ///
    /// - Throws: `ArrayError` when zlib refuses.
    package func reset() throws(ArrayError) {
        try checkCodec(cc_inflater_reset(handle), in: context)
    }

    /// Inflates as much of `input` as fits into `output`.
    ///
    /// - Throws: `ArrayError` when the data are not valid, including their checksum in a
    ///   gzip stream.
    package func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(ArrayError) -> Step {
        var consumed = 0
        var produced = 0
        var ended: Int32 = 0
        try checkCodec(
            cc_inflater_run(
                handle, input.bindMemory(to: UInt8.self).baseAddress, input.count, &consumed,
                output.bindMemory(to: UInt8.self).baseAddress, output.count, &produced, &ended),
            in: context)
        return Step(consumed: consumed, produced: produced, isEnd: ended != 0)
    }

    /// The `count` bytes that `bytes`, a whole stream without wrapping, inflate to.
    ///
    /// - Throws: `ArrayError` when the data are not valid or of another size.
    package static func inflate(
        _ bytes: ArraySlice<UInt8>, to count: Int, context: String
    ) throws(ArrayError) -> [UInt8] {
        // Deflate cannot do better than 1032 : 1; a size beyond that is a lie.
        guard count >= 0, count / 1032 <= bytes.count else {
            throw ArrayError(.malformed("cannot inflate to \(count) bytes"), in: context)
        }
        let inflater = try Inflater(.none, context: context)
        // One byte more shows data that go on after the stated size.
        var output = [UInt8](repeating: 0, count: count + 1)
        let result = bytes.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { buffer in
                Result { () throws(ArrayError) in try inflater.finish(input, into: buffer) }
            }
        }
        guard try result.get() == count else {
            throw ArrayError(.malformed("does not inflate to \(count) bytes"), in: context)
        }
        output.removeLast()
        return output
    }

    /// Inflates the stream in `input` and returns its size, or nil when it does not end there.
    private func finish(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(ArrayError) -> Int? {
        var read = 0
        var written = 0
        while true {
            let step = try step(
                UnsafeRawBufferPointer(rebasing: input[read...]),
                into: UnsafeMutableRawBufferPointer(rebasing: output[written...]))
            read += step.consumed
            written += step.produced
            if step.isEnd { return read == input.count ? written : nil }
            if step.consumed == 0, step.produced == 0 { return nil }
        }
    }
}

/// Throws when `message`, which this function frees, is not nil.
func checkCodec(
    _ message: UnsafeMutablePointer<CChar>?, in context: String
) throws(ArrayError) {
    guard let message else { return }
    defer { free(message) }
    throw ArrayError(.malformed(String(cString: message)), in: context)
}
