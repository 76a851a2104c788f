/// A dense array in main memory: typed bytes in row-major order, and a shape.
///
/// It is the one currency outside libtorch: codecs, data sets, NPY, safetensors and goldens
/// all read and write it.
package struct HostArray: Equatable, Sendable {
    package let shape: [Int]
    package let elementType: ElementType
    /// The elements, little-endian, last axis fastest.
    package let bytes: [UInt8]

    /// An array over `bytes`.
    ///
    /// - Throws: `ArrayError` when the size of `bytes` is not what the shape needs.
    package init(
        shape: [Int], elementType: ElementType, bytes: [UInt8], context: String = "array"
    ) throws(ArrayError) {
        let expected = try Self.byteCount(of: shape, elementType, in: context)
        guard bytes.count == expected else {
            throw ArrayError(.wrongSize(expected: expected, found: bytes.count), in: context)
        }
        self.shape = shape
        self.elementType = elementType
        self.bytes = bytes
    }

    /// An array of `values`, whose number must be the product of `shape`.
    package init<Element: ArrayElement>(_ values: [Element], shape: [Int]) {
        precondition(
            values.count == shape.reduce(1, *), "\(values.count) values for shape \(shape)")
        self.shape = shape
        elementType = Element.elementType
        bytes = values.withUnsafeBytes { Array($0) }
    }

    /// The number of elements.
    package var count: Int { shape.reduce(1, *) }

    /// The elements, which must be stored as `Element`.
    ///
    /// - Throws: `ArrayError` when they are stored as something else.
    package func values<Element: ArrayElement>(
        as type: Element.Type
    ) throws(ArrayError) -> [Element] {
        guard elementType == Element.elementType else {
            throw ArrayError(
                .wrongType(expected: Element.elementType, found: elementType), in: "array")
        }
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            initialized = count
        }
    }

    /// The same elements under another shape of the same count.
    ///
    /// - Throws: `ArrayError` when the counts differ.
    package func reshaped(to shape: [Int]) throws(ArrayError) -> HostArray {
        try HostArray(shape: shape, elementType: elementType, bytes: bytes, context: "reshape")
    }

    /// The size in bytes of an array, with every overflow noticed.
    ///
    /// - Throws: `ArrayError` when a dimension is negative or the product overflows.
    package static func byteCount(
        of shape: [Int], _ elementType: ElementType, in context: String
    ) throws(ArrayError) -> Int {
        var total = elementType.byteCount
        for dimension in shape {
            let (product, overflow) = total.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else {
                throw ArrayError(.impossibleShape(shape), in: context)
            }
            total = product
        }
        return total
    }
}
