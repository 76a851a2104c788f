import Glibc

/// Calls of the C codecs, which report a failure as a malloc'ed message.
enum CodecCall {
    /// Throws when `message`, which this function frees, is not nil.
    static func check(
        _ message: UnsafeMutablePointer<CChar>?, name: String,
        reason: (String) -> ImageError.Reason = ImageError.Reason.malformed
    ) throws(ImageError) {
        guard let message else { return }
        defer { free(message) }
        throw ImageError(reason(String(cString: message)), in: name)
    }

    /// The `count` bytes that `body` fills, or its failure; `body` also says whether it failed
    /// because there are too few bytes to read.
    static func filling(
        _ count: Int, name: String,
        _ body: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CInt>)
            -> UnsafeMutablePointer<CChar>?
    ) throws(ImageError) -> [UInt8] {
        var message: UnsafeMutablePointer<CChar>?
        var endsEarly: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            message = body(buffer.baseAddress, &endsEarly)
            initialized = message == nil ? count : 0
        }
        try check(message, name: name) { endsEarly == 1 ? .truncated($0) : .malformed($0) }
        return bytes
    }

    /// The malloc'ed bytes that `body` hands over, or its failure.
    static func taking(
        name: String,
        _ body: (
            UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>
        ) -> UnsafeMutablePointer<CChar>?
    ) throws(ImageError) -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        try check(body(&bytes, &count), name: name)
        defer { free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
