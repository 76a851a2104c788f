/// A matrix in an NPY file, read a part at a time: a large one need not be in memory twice.
package struct NPYMatrix: Sendable {
    /// Elements that lie together in the file.
    package struct Part: Hashable, Sendable {
        package let rows: Range<Int>
        package let columns: Range<Int>

        package var count: Int { rows.count * columns.count }
    }

    /// The most elements that a part has unless another number is asked for: 4 MiB in single
    /// precision.
    package static let largestPart = 1 << 20

    package let rows: Int
    package let columns: Int
    private let file: InputFile
    private let header: NPYHeader
    private let largestPart: Int

    /// The matrix in the file at `path`, in parts of at most `largestPart` elements.
    ///
    /// - Throws: `ArrayError` when it cannot be read, is not valid, or holds no matrix of numbers.
    package init(
        reading path: String, largestPart: Int = Self.largestPart
    ) throws(ArrayError) {
        precondition(largestPart > 0, "a part has elements")
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
        self.largestPart = largestPart
    }

    /// The parts of the matrix in the order of the file.
    ///
    /// They are whole lines, as many as are allowed, or pieces of one; lines are rows, or columns in
    /// column-major order.
    package var parts: [Part] {
        let (count, length) = header.isFortranOrder ? (columns, rows) : (rows, columns)
        let pieces = Self.ranges(of: length, by: largestPart)
        return Self.ranges(of: count, by: max(1, largestPart / length)).flatMap { lines in
            pieces.map { piece in
                header.isFortranOrder
                    ? Part(rows: piece, columns: lines) : Part(rows: lines, columns: piece)
            }
        }
    }

    /// The values of `part`, which is one of `parts`, in single precision, `[rows, columns]`.
    ///
    /// - Throws: `ArrayError` when they cannot be read.
    package func values(of part: Part) throws(ArrayError) -> HostArray {
        let width = header.elementType.byteCount
        let first =
            header.isFortranOrder
            ? part.columns.lowerBound * rows + part.rows.lowerBound
            : part.rows.lowerBound * columns + part.columns.lowerBound
        var bytes = try file.bytes(
            at: header.byteCount + first * width, count: part.count * width)
        if header.isBigEndian { bytes = bytes.withSwappedBytes(in: header.elementType) }
        let shape = [part.rows.count, part.columns.count]
        let values = try HostArray(
            shape: shape, elementType: header.elementType, bytes: bytes, context: file.path
        ).converted(to: .float32)
        guard header.isFortranOrder else { return values }
        let inOrder = try values.values(as: Float.self)
            .transposed(rows: shape[0], columns: shape[1])
        return HostArray(inOrder, shape: shape)
    }

    private static func ranges(of count: Int, by size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
}

extension [Float] {
    /// The elements, column by column those of a matrix of `rows` × `columns`, row by row.
    fileprivate func transposed(rows: Int, columns: Int) -> [Float] {
        withUnsafeBufferPointer { source in
            [Float](unsafeUninitializedCapacity: rows * columns) { buffer, initialized in
                for row in 0..<rows {
                    for column in 0..<columns {
                        buffer.initializeElement(
                            at: row * columns + column, to: source[column * rows + row])
                    }
                }
                initialized = rows * columns
            }
        }
    }
}
