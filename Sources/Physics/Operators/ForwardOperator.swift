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

    /// The picture that `y` shows before anything is restored, such as the zero-filled one of a
    /// mask; nil where a measurement looks like no picture.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func shown(by y: Tensor) throws(TorchError) -> Tensor?

    /// `y` with 0 in the elements that are not measured at all, whatever stood there.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func measuredPart(of y: Tensor) throws(TorchError) -> Tensor

    /// Whether every number of f(x) comes from the one in its place alone, and 0 from 0: what is not measured
    /// before this step is not measured after it.
    var keepsPlaces: Bool { get }
}

extension ForwardOperator {
    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { nil }

    package func measuredPart(of y: Tensor) throws(TorchError) -> Tensor { y }

    package var keepsPlaces: Bool { false }
}
