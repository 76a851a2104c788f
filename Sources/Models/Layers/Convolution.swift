import Tensors

/// A convolution with a bias that keeps the size of the picture.
package struct Convolution: Sendable {
    let weight: Tensor
    let bias: Tensor

    init(weight: Tensor, bias: Tensor) {
        self.weight = weight
        self.bias = bias
    }

    /// A convolution whose weights begin as `initializer` says.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ inputs: Int, _ outputs: Int, size: Int, _ initializer: Initializer,
        in scope: ParameterScope
    ) throws(TorchError) {
        weight = try scope.parameter("weight", [outputs, inputs, size, size], initializer)
        bias = try scope.parameter("bias", [outputs], .zeros)
    }

    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.convolved(with: weight, bias: bias, padding: (weight.shape[2] - 1) / 2)
    }

    /// The same convolution without history.
    func detached() throws(TorchError) -> Convolution {
        Convolution(weight: try weight.detached(), bias: try bias.detached())
    }

    /// The convolution that also does y · scale + shift per output channel.
    func followed(scale: Tensor, shift: Tensor) throws(TorchError) -> Convolution {
        let scaled = try weight * scale.reshaped(to: [-1, 1, 1, 1])
        let moved = try bias * scale.reshaped(to: [-1]) + shift.reshaped(to: [-1])
        return Convolution(weight: try scaled.detached(), bias: try moved.detached())
    }
}
