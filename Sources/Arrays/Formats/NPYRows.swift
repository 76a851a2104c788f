/// The rows of a matrix in an NPY file, read a block at a time: a large matrix need not be in
/// memory twice.
package struct NPYRows: Sendable {
    package let rows: Int
    package let columns: Int
    private let file: InputFile
    private let header: NPYHeader

    /// The matrix in the file at `path`.
    ///
    /// - Throws: `ArrayError` when it cannot be read, is not valid, or holds no matrix of numbers.
    package init(reading path: String) throws(ArrayError) {
        file = try InputFile(path)
        let start = try file.bytes(at: 0, count: min(file.size, NPYHeader.maximumByteCount))
        header = try NPYHeader(start, context: path)
        guard header.shape.count == 2, header.shape.allSatisfy({ $0 > 0 }) else {
            throw ArrayError(
                .malformed("has the shape \(header.shape), but a matrix is [rows, columns]"),
                in: path)
        }
        guard header.elementType != .complex64 else {
            throw ArrayError(.unsupported("holds complex numbers"), in: path)
        }
        let size = file.size - header.byteCount
        let expected = try HostArray.byteCount(of: header.shape, header.elementType, in: path)
        guard size == expected else {
            throw ArrayError(.wrongSize(expected: expected, found: size), in: path)
        }
        (rows, columns) = (header.shape[0], header.shape[1])
    }

    /// The rows `range` in single precision, `[rows, columns]`.
    ///
    /// A matrix in column-major order is read whole for every block.
    ///
    /// - Throws: `ArrayError` when they cannot be read.
    package func block(_ range: Range<Int>) throws(ArrayError) -> HostArray {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows of the matrix")
        let width = columns * header.elementType.byteCount
        let shape = [range.count, columns]
        if header.isFortranOrder {
            let whole = try NPYFile(reading: file.path).array
            let bytes = Array(whole.bytes[range.lowerBound * width..<range.upperBound * width])
            return try HostArray(shape: shape, elementType: header.elementType, bytes: bytes)
                .converted(to: .float32)
        }
        var bytes = try file.bytes(
            at: header.byteCount + range.lowerBound * width, count: range.count * width)
        if header.isBigEndian { bytes = bytes.withSwappedBytes(in: header.elementType) }
        return try HostArray(
            shape: shape, elementType: header.elementType, bytes: bytes, context: file.path
        ).converted(to: .float32)
    }

    /// How many rows at a time are a few megabytes; all of them in column-major order.
    package var rowsPerBlock: Int {
        header.isFortranOrder ? rows : max(1, min(rows, (16 << 20) / (4 * columns)))
    }
}
