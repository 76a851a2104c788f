package import Tensors

/// The matrix of derivatives of `function` at `x`, by autograd: `[outputs, inputs]`.
package func jacobian(
    at x: Tensor, of function: (Tensor) throws -> Tensor
) throws -> Tensor {
    let leaf = try x.leaf()
    let outputs = try function(leaf).reshaped(to: [-1])
    var rows: [Tensor] = []
    for index in 0..<outputs.count {
        // Keeping the graph lets it be walked once per output.
        let gradient = try outputs.element(index).gradients(of: [leaf], keepsGraph: true)
        rows += try gradient.map { try $0.detached().reshaped(to: [-1]) }
    }
    return try .stacked(rows)
}
