/// Copies the elements of a tensor into a row, the last axis fastest.
struct StridedCopy {
    private let shape: [Int]
    /// In bytes.
    private let strides: [Int]
    private let width: Int

    /// A copy of the elements of `tensor`, of which there are at least two.
    init(of tensor: TensorRecord) {
        let width = tensor.elementType.byteCount
        // The stride of an axis with a single index is never used, and may be anything.
        let axes = zip(tensor.shape, tensor.strides).filter { $0.0 != 1 }
        shape = axes.map(\.0)
        strides = axes.map { $0.1 * width }
        self.width = width
    }

    /// Fills `output` with the elements from `first` on, all of which are in memory.
    func run(from first: UnsafeRawPointer, into output: UnsafeMutableRawPointer) {
        switch width {
        case 1: copy(as: UInt8.self, from: first, into: output)
        case 2: copy(as: UInt16.self, from: first, into: output)
        case 4: copy(as: UInt32.self, from: first, into: output)
        default: copy(as: UInt64.self, from: first, into: output)
        }
    }

    /// Goes through all axes but the last like a mileage counter, and along the last one in a
    /// plain loop.
    private func copy<Word: FixedWidthInteger & BitwiseCopyable>(
        as type: Word.Type, from first: UnsafeRawPointer, into output: UnsafeMutableRawPointer
    ) {
        let axis = shape.count - 1
        let (length, step) = (shape[axis], strides[axis])
        let end = output + shape.reduce(MemoryLayout<Word>.size, *)
        var index = [Int](repeating: 0, count: shape.count)
        var (source, target) = (first, output)
        while true {
            for position in 0..<length {
                let word = source.loadUnaligned(fromByteOffset: position * step, as: Word.self)
                target.storeBytes(
                    of: word, toByteOffset: position * MemoryLayout<Word>.size, as: Word.self)
            }
            target += length * MemoryLayout<Word>.size
            if target >= end { return }
            advance(&index, &source)
        }
    }

    /// Moves `source` to the next row, which there is.
    private func advance(_ index: inout [Int], _ source: inout UnsafeRawPointer) {
        var axis = shape.count - 2
        while axis >= 0 {
            index[axis] += 1
            source += strides[axis]
            if index[axis] < shape[axis] { return }
            source -= strides[axis] * shape[axis]
            index[axis] = 0
            axis -= 1
        }
    }
}
