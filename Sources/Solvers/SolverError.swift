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
        "\(context): \(problem); \(remedy)"
    }

    /// What is wrong, without the method.
    package var problem: String {
        switch reason {
        case .operatorDoesNotFit(let error), .noiseDoesNotFit(let error):
            "\(error.context): \(error.problem)"
        case .measurementShape(let found, let expected):
            """
            the measurement has the shape \(found), but the operator makes \(expected) of the \
            prior's pictures
            """
        case .pictureSize(let shape, let smallest):
            "pictures of the shape \(shape) cannot be covered by windows of \(smallest)"
        case .notFinite: "the measurement has infinite values or NaN"
        case .setting(let name, let value, _):
            "\(name) is \(Int(exactly: value).map { "\($0)" } ?? "\(value)")"
        case .choice(let choice, _): "\(choice) cannot be"
        case .drift(let drift, let fold, let largest):
            """
            the flow of fold \(fold + 1) is not invertible enough: its inverse misses a picture by \
            \(drift), and \(largest) is allowed
            """
        case .unfitOperator(let what, _): what
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch reason {
        case .operatorDoesNotFit(let error), .noiseDoesNotFit(let error): error.remedy
        case .measurementShape: "check size, colour and operator"
        case .pictureSize: "give them those colours, and sides that are nowhere shorter"
        case .notFinite: "repair it first"
        case .setting(_, _, let expected): "it must be \(expected)"
        case .choice(_, let expected): "choose \(expected)"
        case .drift:
            """
            write recompute: false, which takes more memory, or a lower learning_rate; a flow with \
            scale: bounded can be inverted better than others
            """
        case .unfitOperator(_, let remedy): remedy
        }
    }
}
