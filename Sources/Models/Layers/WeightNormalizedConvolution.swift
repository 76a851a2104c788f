import Tensors

/// A convolution whose weight is a direction times a magnitude per output channel.
///
///     w = g · v / ‖v‖
///
/// Salimans, Kingma 2016, eq. 2. <https://arxiv.org/abs/1602.07868>
package struct WeightNormalizedConvolution: Sendable {
    let direction: Tensor
    let magnitude: Tensor
    let bias: Tensor?

    /// A convolution that begins with random directions of the length `start`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ inputs: Int, _ outputs: Int, size: Int, hasBias: Bool = true, magnitude start: Double = 1,
        in scope: ParameterScope
    ) throws(TorchError) {
        direction = try scope.parameter(
            "direction", [outputs, inputs, size, size],
            .normal(std: 1 / Double(inputs * size * size).squareRoot()))
        magnitude = try scope.parameter("magnitude", [outputs, 1, 1, 1], .constant(start))
        bias = hasBias ? try scope.parameter("bias", [outputs], .zeros) : nil
    }

    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        let weight = try direction.weightNormalized(magnitude: magnitude)
        return try x.convolved(with: weight, bias: bias, padding: (direction.shape[2] - 1) / 2)
    }

    /// The ordinary convolution with the weight computed once.
    func frozen() throws(TorchError) -> Convolution {
        Convolution(
            weight: try direction.weightNormalized(magnitude: magnitude).detached(),
            bias: try bias?.detached())
    }
}
