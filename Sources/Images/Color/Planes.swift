import Arrays

/// The values of a float picture, `[channel, height, width]`, in double precision.
struct Planes {
    let channels: Int
    let height: Int
    let width: Int
    let values: [Double]

    /// - Throws: `ImageError` when `floats` is not a gray or RGB picture in float32 or float64.
    init(_ floats: HostArray, name: String) throws(ImageError) {
        let shape = floats.shape
        guard shape.count == 3, shape[0] == 1 || shape[0] == 3, shape[1] > 0, shape[2] > 0 else {
            let expected = "[1 or 3, height, width] with at least one pixel"
            throw ImageError(.impossibleShape(shape, expected: expected), in: name)
        }
        (channels, height, width) = (shape[0], shape[1], shape[2])
        switch floats.elementType {
        case .float32:
            values = floats.bytes.withUnsafeBytes { $0.bindMemory(to: Float.self).map(Double.init) }
        case .float64:
            values = floats.bytes.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
        case .bool, .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64,
            .float16, .bfloat16, .complex64:
            let type = floats.elementType
            throw ImageError(.impossibleElements(type, expected: "float32 or float64"), in: name)
        }
    }

    /// Two pictures of the same shape, to be compared.
    ///
    /// - Throws: `ImageError` when either is no picture or their shapes differ.
    static func pair(
        _ first: HostArray, _ second: HostArray, name: String
    ) throws(ImageError) -> (Planes, Planes) {
        guard first.shape == second.shape else {
            throw ImageError(.unequalShapes(first.shape, second.shape), in: name)
        }
        return (try Planes(first, name: name), try Planes(second, name: name))
    }
}
