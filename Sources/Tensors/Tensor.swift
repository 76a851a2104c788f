import CTorch

/// An n-dimensional array of libtorch, on some device, with or without a history for gradients.
///
/// Pictures have axes `[batch, channel, height, width]`. Every operation that can fail throws a
/// `TorchError` with the operation and the shapes. A tensor is never changed in place outside
/// optimisers, so it may be shared freely.
package struct Tensor: Sendable {
    let handle: Handle

    init(_ handle: Handle) {
        self.handle = handle
    }

    var pointer: OpaquePointer { handle.pointer }

    /// The length of every axis.
    package var shape: [Int] {
        var rank: Int64 = 0
        guard ct_rank(pointer, &rank) == nil, rank > 0 else { return [] }
        var sizes = [Int64](repeating: 0, count: Int(rank))
        guard ct_shape(pointer, &sizes) == nil else { return [] }
        return sizes.map(Int.init)
    }

    /// The number of elements.
    package var count: Int { shape.reduce(1, *) }

    /// The type of the elements.
    ///
    /// - Throws: `TorchError` when it is none that is used here.
    package func dataType() throws(TorchError) -> DataType {
        var code: Int32 = 0
        try check("type", [], ct_type(pointer, &code))
        return try DataType(code: code)
    }

    /// Where the elements are.
    ///
    /// - Throws: `TorchError` when the tensor is undefined.
    package func device() throws(TorchError) -> Device {
        var code: Int32 = 0
        try check("device", [], ct_device(pointer, &code))
        return Device(code: code)
    }
}
