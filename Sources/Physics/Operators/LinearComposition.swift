package import Tensors

/// Linear operators one after the other, the first applied first: A = Aₙ … A₂ A₁.
package struct LinearComposition: LinearOperator {
    let parts: [any LinearOperator]

    package init(_ parts: [any LinearOperator]) {
        self.parts = parts
    }

    /// The product of the bounds.
    package var normBound: Double { parts.reduce(1) { $0 * $1.normBound } }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        var shape = inputShape
        for part in parts { shape = try part.outputShape(for: shape) }
        return shape
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        var value = x
        for part in parts { value = try part.apply(value) }
        return value
    }

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

    /// What the last part shows, shown by the part before it, and so on.
    package func shown(by y: Tensor) throws(TorchError) -> Tensor? {
        var value = y
        for part in parts.reversed() {
            guard let shown = try part.shown(by: value) else { return nil }
            value = shown
        }
        return value
    }

    package func measuredPart(of y: Tensor) throws(TorchError) -> Tensor {
        try parts.last?.measuredPart(of: y) ?? y
    }
}
