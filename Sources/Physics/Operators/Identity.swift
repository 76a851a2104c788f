package import Tensors

/// f(x) = x.
package struct Identity: LinearOperator {
    package init() {}

    package var normBound: Double { 1 }

    package var keepsPlaces: Bool { true }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor { x }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { y }

    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { y }

    package func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor? {
        try .ones([1], measurement.dataType(), on: measurement.device())
    }
}
