package import Tensors

/// How a picture is measured: x → f(x), sample by sample, differentiable.
///
/// The first axis of every tensor counts samples. Unless an operator says otherwise, its cost is
/// linear in the number of pixels.
package protocol ForwardOperator: Sendable {
    /// The shape of what is measured of a picture of `inputShape`, both without the batch.
    ///
    /// - Throws: `PhysicsError` when such a picture cannot be measured.
    func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int]

    /// f(x).
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func apply(_ x: Tensor) throws(TorchError) -> Tensor
}
