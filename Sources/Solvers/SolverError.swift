package import Physics

/// Why a problem cannot be solved by the method that was asked for.
package struct SolverError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The prior's pictures cannot be measured.
        case operatorDoesNotFit(PhysicsError)
        /// The prior's pictures, measured, have another shape than the measurement.
        case measurementShape([Int], expected: [Int])
        /// The measurement cannot have such noise.
        case noiseDoesNotFit(PhysicsError)
        /// The measurement has infinite values or NaN.
        case notFinite
        /// Pictures that windows like those of the prior cannot cover.
        case pictureSize([Int], smallest: [Int])
        /// A setting is outside what makes sense.
        case setting(String, value: Double, expected: String)
        /// A choice is none that the method has.
        case choice(String, expected: String)
        /// The method cannot undo such an operator.
        case unfitOperator(String, remedy: String)
        /// The inverse of a flow missed the picture that a fold had come from.
        case drift(Double, fold: Int, largest: Double)
    }

    package let reason: Reason
    /// The method.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String {
        switch reason {
        case .operatorDoesNotFit(let error), .noiseDoesNotFit(let error):
            "\(context): \(error)"
        case .measurementShape(let found, let expected):
            """
            \(context): the measurement has the shape \(found), but the operator makes \
            \(expected) of the prior's pictures; check size, colour and operator
            """
        case .pictureSize(let shape, let smallest):
            """
            \(context): pictures of the shape \(shape) cannot be covered by windows of \(smallest); \
            give them those colours, and sides that are nowhere shorter
            """
        case .notFinite:
            "\(context): the measurement has infinite values or NaN; repair it first"
        case .setting(let name, let value, let expected):
            "\(context): \(name) is \(value); it must be \(expected)"
        case .choice(let choice, let expected):
            "\(context): \(choice) cannot be; choose \(expected)"
        case .drift(let drift, let fold, let largest):
            """
            \(context): the flow of fold \(fold + 1) is not invertible enough: its inverse misses a \
            picture by \(drift), and \(largest) is allowed; write recompute: false, which takes more \
            memory, a lower learning_rate, or a flow with scale: bounded
            """
        case .unfitOperator(let what, let remedy): "\(context): \(what); \(remedy)"
        }
    }
}
