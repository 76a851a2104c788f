package import Tensors

/// Fewer pixels: every line of a channel is filtered against aliasing and every `factor`-th value
/// of it kept, Y = V X Hᵀ with the weights of the filter in the rows of V and H.
///
/// A⁺ = V⁺ Y (H⁺)ᵀ is exact: the rows are independent. For the filter `box` it repeats every pixel.
/// Costs O(h w²) for pictures of h × w pixels, as products of small matrices.
package struct Downsample: LinearOperator {
    private let axes: AxisProduct

    /// The operator with these weights, of which every row adds up to 1.
    ///
    /// - Throws: `TorchError` when the rows are not independent.
    package init(vertical: AxisMatrix, horizontal: AxisMatrix) throws(TorchError) {
        axes = try AxisProduct(vertical: vertical, horizontal: horizontal)
    }

    package var normBound: Double { axes.normBound }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        try axes.outputShape(for: inputShape, in: "downsample")
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor { try axes.apply(x) }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try axes.adjoint(y) }

    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? {
        try axes.pseudoInverse(y)
    }
}
