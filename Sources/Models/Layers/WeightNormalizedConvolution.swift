import Tensors

/// A convolution whose weight is a direction times a magnitude per output channel.
///
///     w = g · v / ‖v‖
///
/// Salimans, Kingma 2016, eq. 2. <https://arxiv.org/abs/1602.07868>
package struct WeightNormalizedConvolution: Sendable {
    let direction: Tensor
    let magnitude: Tensor
    let bias: Tensor

    /// A convolution that begins with PyTorch's own start, times `gain`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ inputs: Int, _ outputs: Int, size: Int, gain: Double = 1, in scope: ParameterScope
    ) throws(TorchError) {
        let fanIn = inputs * size * size
        direction = try scope.parameter(
            "direction", [outputs, inputs, size, size], .fanIn(fanIn))
        // The norm of `fanIn` numbers uniform in ±√(1 / fanIn) is about √(1/3).
        magnitude = try scope.parameter(
            "magnitude", [outputs, 1, 1, 1], .constant(gain * (1.0 / 3).squareRoot()))
        bias = try scope.parameter("bias", [outputs], .zeros)
    }

    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        let weight = try direction.weightNormalized(magnitude: magnitude)
        return try x.convolved(with: weight, bias: bias, padding: (direction.shape[2] - 1) / 2)
    }

    /// The ordinary convolution with the weight computed once.
    func frozen() throws(TorchError) -> Convolution {
        Convolution(
            weight: try direction.weightNormalized(magnitude: magnitude).detached(),
            bias: try bias.detached())
    }
}
