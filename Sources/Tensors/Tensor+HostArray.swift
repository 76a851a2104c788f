package import Arrays
import CTorch

extension Tensor {
    /// A copy of `array` on the CPU.
    ///
    /// - Throws: `TorchError` when its element type has no counterpart.
    package init(_ array: HostArray) throws(TorchError) {
        guard let type = DataType(array.elementType) else {
            throw TorchError(
                operation: "copy", shapes: [array.shape],
                message: "\(array.elementType.rawValue) is no tensor type; convert it first")
        }
        self = try Tensor.copying(array.bytes, type, array.shape)
    }

    /// A copy of the elements in main memory.
    ///
    /// - Throws: `TorchError` when the type has no counterpart or memory is short.
    package func hostArray() throws(TorchError) -> HostArray {
        let type = try dataType()
        guard let elementType = type.elementType else {
            throw TorchError(operation: "hostArray", shapes: [shape], message: "no such array type")
        }
        let bytes = try bytes(type)
        do {
            return try HostArray(shape: shape, elementType: elementType, bytes: bytes)
        } catch {
            throw TorchError(operation: "hostArray", shapes: [shape], message: "\(error)")
        }
    }

    private func bytes(_ type: DataType) throws(TorchError) -> [UInt8] {
        let size = count * type.byteCount
        var message: Message = nil
        let result = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            message = ct_copy_to_host(pointer, buffer.baseAddress, size)
            initialized = message == nil ? size : 0
        }
        try check("copyToHost", [self], message)
        return result
    }

    /// All elements as single-precision numbers, in row-major order.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func floats() throws(TorchError) -> [Float] {
        try converted(to: .float32).elements(Float.self, .float32)
    }

    /// All elements as double-precision numbers, in row-major order.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func doubles() throws(TorchError) -> [Double] {
        try converted(to: .float64).elements(Double.self, .float64)
    }

    /// The only element.
    ///
    /// - Throws: `TorchError` when there is not exactly one.
    package func item() throws(TorchError) -> Double {
        let values = try doubles()
        guard let value = values.first, values.count == 1 else {
            throw TorchError(operation: "item", shapes: [shape], message: "not one element")
        }
        return value
    }

    private func elements<Element: ArrayElement>(
        _ element: Element.Type, _ type: DataType
    ) throws(TorchError) -> [Element] {
        let bytes = try bytes(type)
        return bytes.withUnsafeBytes { Array($0.bindMemory(to: Element.self)) }
    }
}

extension DataType {
    /// The tensor type of an array's elements, nil when there is none.
    init?(_ elementType: ElementType) {
        switch elementType {
        case .uint8: self = .uint8
        case .int64: self = .int64
        case .float32: self = .float32
        case .float64: self = .float64
        case .complex64: self = .complex64
        case .bool: self = .bool
        case .bfloat16: self = .bfloat16
        case .int8, .uint16, .int16, .uint32, .int32, .uint64, .float16: return nil
        }
    }

    /// The array type of a tensor's elements, nil when there is none.
    var elementType: ElementType? {
        switch self {
        case .uint8: .uint8
        case .int64: .int64
        case .float32: .float32
        case .float64: .float64
        case .complex64: .complex64
        case .bool: .bool
        case .bfloat16: .bfloat16
        case .complex128: nil
        }
    }
}
