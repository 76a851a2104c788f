package import Tensors

/// Why a checkpoint cannot become a model.
package struct ConversionError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// There is nothing in it that this format has.
        case otherFormat(expected: String)
        /// Tensors are missing, unexpected or misshapen: all of them.
        case tensors([ParameterError.Problem])
        /// What the file does not say has to be said.
        case missingOption(String, why: String)
        /// An option that makes no sense with this file.
        case wrongOption(String, why: String)
        /// There is no such model.
        case impossible(why: String)
    }

    package let format: CheckpointFormat
    package let reason: Reason

    package init(_ format: CheckpointFormat, _ reason: Reason) {
        self.format = format
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .otherFormat(let expected):
            "these are no weights of the format \(format.rawValue): they have no \(expected)"
        case .tensors(let problems):
            """
            \(problems.count) tensors are not those of the format \(format.rawValue)
            \(problems.map { "  \($0)" }.joined(separator: "\n"))
            """
        case .missingOption(let option, let why): "\(why); add \(option)"
        case .wrongOption(let option, let why): "\(option): \(why)"
        case .impossible(let why): "\(format.rawValue): \(why)"
        }
    }
}
