/// What a pickle says about a tensor, checked: all of it lies in its storage.
struct TensorRecord {
    /// The number of the storage in the heap.
    let storage: Int
    let elementType: ElementType
    let shape: [Int]
    /// The distance in elements from one index to the next, for every axis.
    let strides: [Int]
    /// Where the first element is in the storage.
    let byteOffset: Int
    /// The size of the elements in a row.
    let byteCount: Int

    /// More axes than any tensor has.
    static let maximumRank = 64

    /// The tensor whose first element is `offset` elements into `view`; nil when one of its
    /// elements would lie outside, or none of the numbers can be true.
    init?(
        in view: StorageView, elementType: ElementType, offset: Int, shape: [Int],
        strides: [Int]
    ) {
        let width = elementType.byteCount
        guard shape.count == strides.count, shape.count <= Self.maximumRank, offset >= 0,
            strides.allSatisfy({ $0 >= 0 }),
            // An impossible shape is one reason more to have no tensor.
            let byteCount = try? HostArray.byteCount(of: shape, elementType, in: ""),
            let reach = byteCount == 0 ? 0 : Self.reach(offset, shape, strides),
            reach <= view.range.count / width
        else { return nil }
        self.byteCount = byteCount
        storage = view.storage
        byteOffset = byteCount == 0 ? 0 : view.range.lowerBound + offset * width
        (self.elementType, self.shape, self.strides) = (elementType, shape, strides)
    }

    /// Whether the elements are in a row, the last axis fastest.
    var isContiguous: Bool {
        var expected = 1
        for (dimension, stride) in zip(shape, strides).reversed() where dimension != 1 {
            guard stride == expected else { return byteCount == 0 }
            expected *= dimension
        }
        return true
    }

    /// How many elements there are up to the last one of a tensor; nil when that is too large
    /// for an integer.
    private static func reach(_ offset: Int, _ shape: [Int], _ strides: [Int]) -> Int? {
        var last = offset
        for (dimension, stride) in zip(shape, strides) {
            let (distance, tooFar) = stride.multipliedReportingOverflow(by: dimension - 1)
            let (sum, overflow) = last.addingReportingOverflow(distance)
            guard !tooFar, !overflow else { return nil }
            last = sum
        }
        let (count, overflow) = last.addingReportingOverflow(1)
        return overflow ? nil : count
    }
}
