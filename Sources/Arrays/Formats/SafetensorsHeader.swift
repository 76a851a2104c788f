/// What stands before the bytes of the tensors in a safetensors file.
struct SafetensorsHeader {
    struct Entry {
        let name: String
        let elementType: ElementType
        let shape: [Int]
        /// Where the bytes are, counted from the end of the header.
        let range: Range<Int>
    }

    /// In the order of their bytes, which they cover without gap.
    let entries: [Entry]
    let metadata: [String: String]
    /// Where the bytes of the first tensor are in the file.
    let dataOffset: Int

    private static let maximumLength = 100_000_000

    /// Reads the header of a file of `fileSize` bytes through `bytes`, which is only asked for
    /// what lies in the file.
    ///
    /// - Throws: `ArrayError` when the header is not valid for a file of that size.
    init(
        fileSize: Int, context: String,
        bytes: (_ offset: Int, _ count: Int) throws(ArrayError) -> [UInt8]
    ) throws(ArrayError) {
        guard fileSize >= 8 else {
            throw ArrayError(.malformed("too short for a safetensors file"), in: context)
        }
        let length = try bytes(0, 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= Self.maximumLength, length <= fileSize - 8 else {
            throw ArrayError(.malformed("the header's length, \(length), is wrong"), in: context)
        }
        let text = try bytes(8, Int(length))
        // The format asks for it, and it tells other files from this format at once.
        guard text.first == UInt8(ascii: "{") else {
            throw ArrayError(.malformed("the header does not begin with {"), in: context)
        }
        let reader = SafetensorsHeaderReader(context: context)
        (entries, metadata) = try reader.read(text)
        dataOffset = 8 + Int(length)
        try reader.checkCoverage(of: entries, dataSize: fileSize - dataOffset)
    }
}
