/// Operators one after the other, the first applied first.
package struct Composition: OperatorChain {
    package let steps: [any ForwardOperator]

    /// The operator that applies `parts` in order: linear when all of them are, and the one part
    /// itself when there is no more than one.
    package static func of(_ parts: [any ForwardOperator]) -> any ForwardOperator {
        let needed = parts.filter { !($0 is Identity) }
        guard let first = needed.first else { return Identity() }
        if needed.count == 1 { return first }
        let linear = needed.compactMap { $0 as? any LinearOperator }
        return linear.count == needed.count
            ? LinearComposition(linear) : Composition(steps: needed)
    }
}
