import Arrays

/// Complex numbers are `complex64` in files, and real and imaginary parts along an axis of 2 before
/// all others in here.
extension HostArray {
    /// The array, its complex numbers in real parts: `[…]` becomes `[2, …]`.
    ///
    /// Throws `ArrayError` when the sizes are impossible.
    var inRealParts: HostArray {
        get throws(ArrayError) {
            guard elementType == .complex64 else { return self }
            // As elsewhere, a picture without channels is gray.
            let shape = shape.count == 2 ? [1] + shape : shape
            return try HostArray(
                shape: [2] + shape, elementType: .float32,
                bytes: bytes.inColumns(width: 2, elementSize: 4))
        }
    }

    /// The array, or complex numbers when it has an axis of 2 before those of a picture.
    ///
    /// Throws `ArrayError` when the sizes are impossible.
    var inComplexNumbers: HostArray {
        get throws(ArrayError) {
            guard shape.count == 4, shape[0] == 2, elementType == .float32 else { return self }
            return try HostArray(
                shape: Array(shape.dropFirst()), elementType: .complex64,
                bytes: bytes.inColumns(width: count / 2, elementSize: 4))
        }
    }
}

extension [UInt8] {
    /// A matrix with rows of `width` elements, column by column.
    fileprivate func inColumns(width: Int, elementSize: Int) -> [UInt8] {
        guard width > 0 else { return self }
        let rows = count / elementSize / width
        var result: [UInt8] = []
        result.reserveCapacity(count)
        for column in 0..<width {
            for row in 0..<rows {
                let start = (row * width + column) * elementSize
                result += self[start..<start + elementSize]
            }
        }
        return result
    }
}
