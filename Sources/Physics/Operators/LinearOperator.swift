package import Tensors

/// A measurement that is a matrix: f(x) = A x.
package protocol LinearOperator: ForwardOperator {
    /// An upper bound of ‖A‖, the largest singular value.
    var normBound: Double { get }

    /// Aᵀ y.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor

    /// A⁺ y, the shortest of the pictures that fit `y` best; nil where no closed form is known.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor?

    /// The diagonal of A where A measures every pixel by itself, in a shape that can be repeated
    /// to that of `measurement`; nil for all other operators.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor?
}

extension LinearOperator {
    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { nil }

    /// A⁺ y, where it is known.
    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { try pseudoInverse(y) }

    package func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor? { nil }
}
