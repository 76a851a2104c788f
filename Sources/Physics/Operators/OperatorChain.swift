package import Tensors

/// Operators one after the other, the first applied first.
package protocol OperatorChain: ForwardOperator {
    var steps: [any ForwardOperator] { get }
}

extension OperatorChain {
    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        var shape = inputShape
        for step in steps { shape = try step.outputShape(for: shape) }
        return shape
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        var value = x
        for step in steps { value = try step.apply(value) }
        return value
    }

    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { try shownInTurn(y) }

    /// What the last step shows, shown by the step before it, and so on.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func shownInTurn(_ y: Tensor) throws(TorchError) -> Tensor? {
        var value = y
        for step in steps.reversed() {
            guard let shown = try step.shown(by: value) else { return nil }
            value = shown
        }
        return value
    }

    package func measuredPart(of y: Tensor) throws(TorchError) -> Tensor {
        var value = y
        for step in steps.reversed() {
            value = try step.measuredPart(of: value)
            guard step.keepsPlaces else { break }
        }
        return value
    }

    package var keepsPlaces: Bool { steps.allSatisfy(\.keepsPlaces) }
}
