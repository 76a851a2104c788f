/// Operators one after the other, the first applied first.
package struct Composition: OperatorChain {
    package let steps: [any ForwardOperator]

    /// The operator that applies `parts` in order: linear when all of them are, and the one part
    /// itself when there is no more than one.
    ///
    /// A random matrix takes in the scales beside it: times a number it is the same kind of matrix, which solvers
    /// know how to begin with.
    package static func of(_ parts: [any ForwardOperator]) -> any ForwardOperator {
        let needed = folded(parts.filter { !($0 is Identity) })
        guard let first = needed.first else { return Identity() }
        if needed.count == 1 { return first }
        let linear = needed.compactMap { $0 as? any LinearOperator }
        return linear.count == needed.count
            ? LinearComposition(linear) : Composition(steps: needed)
    }

    private static func folded(_ parts: [any ForwardOperator]) -> [any ForwardOperator] {
        var done: [any ForwardOperator] = []
        for part in parts {
            var part = part
            while let last = done.last, let both = product(last, part) {
                part = both
                done.removeLast()
            }
            done.append(part)
        }
        return done
    }

    /// Both operators in one, where one of them is a random matrix and the other one a scale.
    private static func product(
        _ first: any ForwardOperator, _ second: any ForwardOperator
    ) -> RandomMatrix? {
        switch (first, second) {
        case (let scale as Scale, let matrix as RandomMatrix),
            (let matrix as RandomMatrix, let scale as Scale):
            matrix.scaled(by: scale.factor)
        default: nil
        }
    }
}
