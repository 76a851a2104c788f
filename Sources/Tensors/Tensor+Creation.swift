import CTorch

extension Tensor {
    /// A tensor of `shape` filled with `value`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func full(
        _ shape: [Int], _ value: Double, _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        try tensor("full") {
            ct_full(value, type.code, device.code, dimensions(shape), shape.count, $0)
        }
    }

    /// A tensor of `shape` filled with 0.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func zeros(
        _ shape: [Int], _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        try full(shape, 0, type, on: device)
    }

    /// A tensor of `shape` filled with 1.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func ones(
        _ shape: [Int], _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        try full(shape, 1, type, on: device)
    }

    /// A tensor like this one in shape, type and device, filled with `value`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func filled(with value: Double) throws(TorchError) -> Tensor {
        try Tensor.full(shape, value, dataType(), on: device())
    }

    /// 0, 1, … `count` - 1.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func arange(
        _ count: Int, _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        try tensor("arange") { ct_arange(Int64(count), type.code, device.code, $0) }
    }

    /// The identity matrix of `size` rows.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func identity(
        _ size: Int, _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        try tensor("identity") { ct_eye(Int64(size), type.code, device.code, $0) }
    }

    /// A tensor of `values`, in row-major order.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package init(_ values: [Float], shape: [Int]) throws(TorchError) {
        self = try Tensor.copying(values, .float32, shape)
    }

    /// A tensor of `values` in double precision, in row-major order.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package init(_ values: [Double], shape: [Int]) throws(TorchError) {
        self = try Tensor.copying(values, .float64, shape)
    }

    /// A tensor of whole numbers, for indexing.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(indices: [Int]) throws(TorchError) {
        self = try Tensor.copying(indices.map(Int64.init), .int64, [indices.count])
    }

    /// One number as a tensor without axes.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(scalar: Double, _ type: DataType = .float32) throws(TorchError) {
        self = try Tensor.full([], scalar, type)
    }

    static func copying<Element: BitwiseCopyable>(
        _ values: [Element], _ type: DataType, _ shape: [Int]
    ) throws(TorchError) -> Tensor {
        try tensor("copy") { out in
            values.withUnsafeBytes { bytes in
                ct_from_host(
                    bytes.baseAddress, bytes.count, type.code, dimensions(shape), shape.count, out)
            }
        }
    }

    /// The same values as another type.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func converted(to type: DataType) throws(TorchError) -> Tensor {
        try moved(to: device(), type)
    }

    /// The same values on another device.
    ///
    /// - Throws: `TorchError` when memory is short or the device is missing.
    package func moved(to device: Device) throws(TorchError) -> Tensor {
        try moved(to: device, dataType())
    }

    private func moved(to device: Device, _ type: DataType) throws(TorchError) -> Tensor {
        try tensor("to", [self]) { ct_to(pointer, type.code, device.code, $0) }
    }

    /// A copy with storage of its own.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func copy() throws(TorchError) -> Tensor {
        try tensor("copy", [self]) { ct_clone(pointer, $0) }
    }

    /// The same values laid out in row-major order.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func contiguous() throws(TorchError) -> Tensor {
        try tensor("contiguous", [self]) { ct_contiguous(pointer, $0) }
    }

    /// The same picture laid out with the channels fastest.
    ///
    /// - Throws: `TorchError` when it has not four axes.
    package func channelsLast() throws(TorchError) -> Tensor {
        try tensor("channelsLast", [self]) { ct_channels_last(pointer, $0) }
    }
}
