package import Tensors

/// Operators one after the other, the first applied first.
package struct Composition: ForwardOperator {
    let parts: [any ForwardOperator]

    /// The operator that applies `parts` in order: linear when all of them are, and the one part
    /// itself when there is no more than one.
    package static func of(_ parts: [any ForwardOperator]) -> any ForwardOperator {
        let needed = parts.filter { !($0 is Identity) }
        guard let first = needed.first else { return Identity() }
        if needed.count == 1 { return first }
        let linear = needed.compactMap { $0 as? any LinearOperator }
        return linear.count == needed.count
            ? LinearComposition(linear) : Composition(parts: needed)
    }

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
