extension HostArray {
    /// The same values as elements of `type`, rounded to the nearest where they do not fit.
    ///
    /// Every type but complex numbers is converted to `float64`, `float32`, `float16` or
    /// `bfloat16`. Boolean elements become 0 and 1.
    ///
    /// - Throws: `ArrayError` for any other pair of types.
    package func converted(to type: ElementType) throws(ArrayError) -> HostArray {
        if type == elementType { return self }
        switch type {
        case .float32: return HostArray(try numbers(as: Float.self), shape: shape)
        case .float64: return HostArray(try numbers(as: Double.self), shape: shape)
        case .float16:
            let halves = try numbers(as: Double.self).map { Float16($0).bitPattern }
            return try relabelled(halves, as: .float16)
        case .bfloat16:
            let halves = try numbers(as: Double.self).map { BFloat16($0).bitPattern }
            return try relabelled(halves, as: .bfloat16)
        case .bool, .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64, .complex64:
            throw unconvertible(to: type)
        }
    }

    /// The elements as floating-point numbers, rounded to the nearest.
    ///
    /// - Throws: `ArrayError` when the elements are complex.
    package func numbers<Number: BinaryFloatingPoint>(
        as type: Number.Type
    ) throws(ArrayError) -> [Number] {
        switch elementType {
        case .bool: mapped { (value: UInt8) in value == 0 ? 0 : 1 }
        case .uint8: mapped { (value: UInt8) in Number(value) }
        case .int8: mapped { (value: Int8) in Number(value) }
        case .uint16: mapped { (value: UInt16) in Number(value) }
        case .int16: mapped { (value: Int16) in Number(value) }
        case .uint32: mapped { (value: UInt32) in Number(value) }
        case .int32: mapped { (value: Int32) in Number(value) }
        case .uint64: mapped { (value: UInt64) in Number(value) }
        case .int64: mapped { (value: Int64) in Number(value) }
        case .float16: mapped { (value: UInt16) in Number(Float16(bitPattern: value)) }
        case .bfloat16: mapped { (value: UInt16) in Number(BFloat16(bitPattern: value).value) }
        case .float32: mapped { (value: Float) in Number(value) }
        case .float64: mapped { (value: Double) in Number(value) }
        case .complex64: throw unconvertible(to: Number.self == Float.self ? .float32 : .float64)
        }
    }

    /// The elements, read as `Stored` whatever their type is called, each through `body`.
    @inline(__always)
    private func mapped<Stored: BitwiseCopyable, Number>(
        _ body: (Stored) -> Number
    ) -> [Number] {
        let count = count
        return bytes.withUnsafeBytes { raw in
            [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
                for index in 0..<count {
                    let offset = index * MemoryLayout<Stored>.size
                    let value = raw.loadUnaligned(fromByteOffset: offset, as: Stored.self)
                    buffer.initializeElement(at: index, to: body(value))
                }
                initialized = count
            }
        }
    }

    private func relabelled(
        _ values: [UInt16], as type: ElementType
    ) throws(ArrayError) -> HostArray {
        let bytes = values.withUnsafeBytes { Array($0) }
        return try HostArray(shape: shape, elementType: type, bytes: bytes)
    }

    private func unconvertible(to type: ElementType) -> ArrayError {
        ArrayError(
            .unsupported("cannot convert \(elementType.rawValue) to \(type.rawValue)"),
            in: "array")
    }
}
