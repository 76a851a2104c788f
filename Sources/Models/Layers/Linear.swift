import Tensors

/// A matrix product and a bias: y = x Wᵀ + b.
package struct Linear: Sendable {
    /// `[out, in]`.
    let weight: Tensor
    let bias: Tensor

    init(weight: Tensor, bias: Tensor) {
        self.weight = weight
        self.bias = bias
    }

    /// A layer that begins as PyTorch's does.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ inputs: Int, _ outputs: Int, in scope: ParameterScope) throws(TorchError) {
        weight = try scope.parameter("weight", [outputs, inputs], .fanIn(inputs))
        bias = try scope.parameter("bias", [outputs], .fanIn(inputs))
    }

    /// `[batch, in]` → `[batch, out]`.
    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.matrixProduct(weight.transposed()) + bias
    }

    /// The same layer without history.
    func detached() throws(TorchError) -> Linear {
        Linear(weight: try weight.detached(), bias: try bias.detached())
    }
}
