package import Tensors

/// Linear operators one after the other, the first applied first: A = Aₙ … A₂ A₁.
package struct LinearComposition: LinearOperator, OperatorChain {
    let parts: [any LinearOperator]

    package var steps: [any ForwardOperator] { parts }

    package init(_ parts: [any LinearOperator]) {
        self.parts = parts
    }

    /// The product of the bounds.
    package var normBound: Double { parts.reduce(1) { $0 * $1.normBound } }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        var value = y
        for part in parts.reversed() { value = try part.adjoint(value) }
        return value
    }

    /// The pseudo-inverses in the opposite order, where that is the pseudo-inverse: when all parts
    /// but one are multiples of the identity.
    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? {
        let others = parts.filter { !($0 is Scale || $0 is Identity) }
        guard others.count <= 1 else { return nil }
        var value = y
        for part in parts.reversed() {
            guard let inverse = try part.pseudoInverse(value) else { return nil }
            value = inverse
        }
        return value
    }

    package func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor? {
        var product = try Tensor.ones([1], measurement.dataType(), on: measurement.device())
        for part in parts {
            guard let diagonal = try part.diagonal(like: measurement) else { return nil }
            product = try product * diagonal
        }
        return product
    }

    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { try shownInTurn(y) }
}
