/// Why bytes could not become an array, or an array could not be read as asked.
package struct ArrayError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The bytes do not hold what the shape and element type say.
        case wrongSize(expected: Int, found: Int)
        /// A dimension is negative, or the number of elements does not fit.
        case impossibleShape([Int])
        /// The elements have another type than the one asked for.
        case wrongType(expected: ElementType, found: ElementType)
        /// A file is not what its format says, for the stated reason.
        case malformed(String)
        /// A valid file uses something that is not read here.
        case unsupported(String)
        /// The system refused an operation on a file, with this `errno`.
        case system(operation: SystemOperation, code: Int32)
    }

    package let reason: Reason
    /// The file or array that the error is about.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String { "\(context): \(reason)" }
}

extension ArrayError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongSize(let expected, let found): "expected \(expected) bytes, found \(found)"
        case .impossibleShape(let shape): "impossible shape \(shape)"
        case .wrongType(let expected, let found):
            "holds \(found.rawValue), not \(expected.rawValue)"
        case .malformed(let what), .unsupported(let what): what
        case .system(let operation, let code):
            "cannot \(operation.rawValue): \(systemMessage(code))"
        }
    }
}
