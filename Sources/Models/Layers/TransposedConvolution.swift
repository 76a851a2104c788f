import Tensors

/// A transposed convolution that makes 4×4 pixels of one, or doubles the sides.
package struct TransposedConvolution: Sendable {
    /// `[in, out, size, size]`; the size is even.
    let weight: Tensor
    let bias: Tensor?
    let isDoubling: Bool

    init(weight: Tensor, bias: Tensor?, isDoubling: Bool) {
        self.weight = weight
        self.bias = bias
        self.isDoubling = isDoubling
    }

    /// A layer whose weights begin as `initializer` says, with a bias where one is asked for.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ inputs: Int, _ outputs: Int, isDoubling: Bool, hasBias: Bool, _ initializer: Initializer,
        in scope: ParameterScope
    ) throws(TorchError) {
        weight = try scope.parameter("weight", [inputs, outputs, 4, 4], initializer)
        bias = hasBias ? try scope.parameter("bias", [outputs], .zeros) : nil
        self.isDoubling = isDoubling
    }

    /// A layer of 2×2 that doubles the sides, with a bias, which begins as PyTorch's does.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        doubling inputs: Int, to outputs: Int, in scope: ParameterScope
    ) throws(TorchError) {
        weight = try scope.parameter("weight", [inputs, outputs, 2, 2], .fanIn(outputs * 4))
        bias = try scope.parameter("bias", [outputs], .zeros)
        isDoubling = true
    }

    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.transposeConvolved(
            with: weight, bias: bias, stride: isDoubling ? 2 : 1,
            padding: isDoubling ? weight.shape[2] / 2 - 1 : 0)
    }

    /// The same layer without history.
    func detached() throws(TorchError) -> TransposedConvolution {
        let bias: Tensor? = if let bias { try bias.detached() } else { nil }
        return TransposedConvolution(
            weight: try weight.detached(), bias: bias, isDoubling: isDoubling)
    }

    /// The layer that also does y · factor + offset per output channel.
    func followed(factor: Tensor, offset: Tensor) throws(TorchError) -> TransposedConvolution {
        let scaled = try weight * factor.reshaped(to: [1, -1, 1, 1])
        let moved = if let bias { try bias * factor + offset } else { offset }
        return TransposedConvolution(
            weight: try scaled.detached(), bias: try moved.detached(), isDoubling: isDoubling)
    }
}
