package import Arrays

/// Weights that do not match the architecture: everything that is wrong, at once.
package struct ParameterError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Equatable, Sendable {
        case missing(name: String, shape: [Int])
        case unexpected(name: String, shape: [Int])
        case misshapen(name: String, expected: [Int], found: [Int])
        case nonFinite(name: String)
        /// The elements are no real numbers.
        case wrongType(name: String, found: ElementType)
        /// Two layers ask for the same name: a mistake in the architecture.
        case duplicate(name: String)
    }

    package let source: String
    package let problems: [Problem]

    package init(source: String, problems: [Problem]) {
        self.source = source
        self.problems = problems
    }

    package var description: String {
        """
        \(source): \(problems.count) tensors do not match the architecture in model.json; \
        use the weights that belong to it
        \(problems.map { "  \($0)" }.joined(separator: "\n"))
        """
    }
}

extension ParameterError.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let name, let shape): "missing: \(name) \(shape)"
        case .unexpected(let name, let shape): "unexpected: \(name) \(shape)"
        case .misshapen(let name, let expected, let found):
            "misshapen: \(name) is \(found), must be \(expected)"
        case .nonFinite(let name): "not finite: \(name)"
        case .wrongType(let name, let found):
            "of the wrong type: \(name) is \(found.rawValue), must be real"
        case .duplicate(let name): "named twice: \(name)"
        }
    }
}
