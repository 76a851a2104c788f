package import Arrays

/// A stack of equal items of unsigned bytes in an IDX file: pictures, or labels.
///
/// Gray pictures are [rows, columns], colour pictures [rows, columns, channels]. An uncompressed
/// file is memory-mapped, so opening it costs nothing; a gzipped one is inflated into memory.
package struct IDXFile: Sendable {
    package let path: String
    /// The number of items first, then the shape of one.
    package let shape: [Int]
    private let storage: Storage
    private let itemSize: Int

    private enum Storage: Sendable {
        case memory([UInt8])
        case mapped(MappedBytes, offset: Int)
    }

    /// Opens the file at `path`; its size is checked against its header first.
    ///
    /// - Throws: `ArrayError` when it cannot be read or is not an IDX file of unsigned bytes.
    package init(reading path: String) throws(ArrayError) {
        let file = try InputFile(path)
        let stream = try ByteStream(file)
        let header = try IDXHeader(in: path) { count throws(ArrayError) in
            try stream.bytes(upTo: count)
        }
        let size = try header.dataCount(in: path)
        self.path = path
        shape = header.shape
        itemSize = shape[0] == 0 ? 0 : size / shape[0]
        if stream.isCompressed {
            storage = .memory(try Self.inflated(stream, count: size))
        } else {
            guard size == file.size - header.byteCount else {
                throw ArrayError(
                    .wrongSize(expected: size, found: file.size - header.byteCount), in: path)
            }
            storage = .mapped(try file.mapped(), offset: header.byteCount)
        }
    }

    /// The number of items.
    package var count: Int { shape[0] }

    /// The shape of one item.
    package var itemShape: [Int] { Array(shape.dropFirst()) }

    /// Item number `index`, which must be one.
    package func item(_ index: Int) -> HostArray {
        HostArray(withItem(index) { Array($0) }, shape: itemShape)
    }

    /// The items with the numbers `indices` as one array, in that order.
    package func items(_ indices: some Collection<Int>) -> HostArray {
        let size = itemSize * indices.count
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            let target = UnsafeMutableRawBufferPointer(buffer)
            for (position, index) in indices.enumerated() where itemSize > 0 {
                withItem(index) { item in
                    UnsafeMutableRawBufferPointer(
                        rebasing: target[position * itemSize..<(position + 1) * itemSize]
                    ).copyMemory(from: item)
                }
            }
            initialized = size
        }
        return HostArray(bytes, shape: [indices.count] + itemShape)
    }

    /// Calls `body` with the bytes of item number `index`, which must be one.
    package func withItem<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        precondition((0..<count).contains(index), "item \(index) of \(count)")
        let range = index * itemSize..<(index + 1) * itemSize
        switch storage {
        case .memory(let bytes):
            return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
        case .mapped(let bytes, let offset):
            return bytes.withBytes(
                in: range.lowerBound + offset..<range.upperBound + offset, body)
        }
    }

    /// The rest of `stream`, which must be `count` bytes.
    private static func inflated(
        _ stream: ByteStream, count: Int
    ) throws(ArrayError) -> [UInt8] {
        // Deflate cannot do better than 1032 : 1; a header that promises more is a lie.
        guard count / 1032 <= stream.file.size else {
            throw ArrayError(
                .malformed("the header promises \(count) bytes, too many for this file"),
                in: stream.file.path)
        }
        let bytes = try stream.bytes(upTo: count)
        guard bytes.count == count, try stream.bytes(upTo: 1).isEmpty else {
            throw ArrayError(
                .malformed("does not hold the \(count) bytes that its header promises"),
                in: stream.file.path)
        }
        return bytes
    }
}
