import Tensors

/// y = x · factor + offset, per channel: what a batch norm becomes when frozen.
struct ChannelScaling: Sendable {
    private let factor: Tensor
    private let offset: Tensor

    /// The scaling by one factor and one offset per channel.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ affine: (factor: Tensor, offset: Tensor)) throws(TorchError) {
        factor = try affine.factor.detached().reshaped(to: [1, -1, 1, 1])
        offset = try affine.offset.detached().reshaped(to: [1, -1, 1, 1])
    }

    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor { try x * factor + offset }
}
