extension [UInt8] {
    /// The elements with the bytes of every number in reverse.
    func withSwappedBytes(in type: ElementType) -> [UInt8] {
        // A complex number is two numbers.
        let width = type == .complex64 ? 4 : type.byteCount
        var result = self
        for start in stride(from: 0, to: count, by: width) {
            result[start..<start + width].reverse()
        }
        return result
    }

    /// The elements of a column-major array of `shape` in row-major order.
    func inRowMajorOrder(_ shape: [Int], elementSize: Int) -> [UInt8] {
        guard shape.count > 1, !isEmpty else { return self }
        var strides = [elementSize]
        for dimension in shape.dropLast() { strides.append(strides[strides.count - 1] * dimension) }
        var result: [UInt8] = []
        result.reserveCapacity(count)
        var index = [Int](repeating: 0, count: shape.count)
        var offset = 0
        while result.count < count {
            result += self[offset..<offset + elementSize]
            var axis = shape.count - 1
            index[axis] += 1
            offset += strides[axis]
            while index[axis] == shape[axis], axis > 0 {
                offset -= strides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
                index[axis] += 1
                offset += strides[axis]
            }
        }
        return result
    }
}
