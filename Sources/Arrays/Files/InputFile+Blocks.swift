extension InputFile {
    /// The most bytes that `forEachBlock` holds at a time.
    package static let largestBlock = 1 << 20

    /// Calls `body` with all bytes in their order, a block of at most `largestBlock` at a time:
    /// where a file is only copied or hashed, memory need not hold it.
    ///
    /// - Throws: `ArrayError` when the system fails or the file was cut meanwhile, and what `body`
    ///   throws.
    package func forEachBlock(
        _ body: ([UInt8]) throws(ArrayError) -> Void
    ) throws(ArrayError) {
        for offset in stride(from: 0, to: size, by: Self.largestBlock) {
            try body(try bytes(at: offset, count: min(Self.largestBlock, size - offset)))
        }
    }
}
