package import Tensors

/// f(x) = s · x.
package struct Scale: LinearOperator {
    package let factor: Double

    /// An operator that multiplies by `factor`.
    ///
    /// - Throws: `PhysicsError` when the factor is 0 or not finite.
    package init(_ factor: Double) throws(PhysicsError) {
        guard factor.isFinite, factor != 0 else {
            throw PhysicsError(
                .setting("factor", value: factor, expected: "finite and not 0"), in: "scale")
        }
        self.factor = factor
    }

    package var normBound: Double { abs(factor) }

    package var keepsPlaces: Bool { true }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x * factor }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try y * factor }

    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { try y / factor }

    package func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor? {
        try .full([1], factor, measurement.dataType(), on: measurement.device())
    }
}
