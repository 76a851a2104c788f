package import Tensors

/// A convolution that keeps the size of the picture.
package struct Convolution: Sendable {
    let weight: Tensor
    let bias: Tensor?
    /// What the picture is continued with beyond its edges.
    let border: Double

    /// A convolution with the given weights, `[out, in, size, size]`.
    package init(weight: Tensor, bias: Tensor?, border: Double = 0) {
        self.weight = weight
        self.bias = bias
        self.border = border
    }

    /// A convolution whose weights begin as `initializer` says.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ inputs: Int, _ outputs: Int, size: Int, _ initializer: Initializer,
        hasBias: Bool = true, border: Double = 0, in scope: ParameterScope
    ) throws(TorchError) {
        weight = try scope.parameter("weight", [outputs, inputs, size, size], initializer)
        bias = hasBias ? try scope.parameter("bias", [outputs], .zeros) : nil
        self.border = border
    }

    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        let margin = (weight.shape[2] - 1) / 2
        guard border != 0, margin > 0 else {
            return try x.convolved(with: weight, bias: bias, padding: margin)
        }
        return try x.padded(
            left: margin, right: margin, top: margin, bottom: margin, value: border
        ).convolved(with: weight, bias: bias)
    }

    /// The same convolution without history.
    func detached() throws(TorchError) -> Convolution {
        Convolution(weight: try weight.detached(), bias: try bias?.detached(), border: border)
    }

    /// The convolution that also does y · scale + shift per output channel.
    func followed(scale: Tensor, shift: Tensor) throws(TorchError) -> Convolution {
        let scaled = try weight * scale.reshaped(to: [-1, 1, 1, 1])
        var moved = try shift.reshaped(to: [-1])
        if let bias { moved = try bias * scale.reshaped(to: [-1]) + moved }
        return Convolution(
            weight: try scaled.detached(), bias: try moved.detached(), border: border)
    }

    /// The convolution of x − border: continued with 0, it gives the same.
    func ofDifference() throws(TorchError) -> Convolution {
        let constant = try weight.sum(over: [1, 2, 3]) * border
        let moved = if let bias { try bias + constant } else { constant }
        return Convolution(weight: weight, bias: try moved.detached())
    }
}
