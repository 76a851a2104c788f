/// Why a job that is valid by itself cannot be restored.
package struct PipelineError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// A file that the job names is nowhere it may be.
        case missing(kind: String, remedy: String)
        /// A picture cannot be used; the text says why and what to do.
        case picture(String)
        /// More pictures than a job may have.
        case tooMany(count: Int, limit: Int)
        /// Pictures, prior and operator do not go together.
        case mismatch(String)
        /// The objective was finite nowhere.
        case nothingFound
        /// The results were written but do not read back.
        case damagedResult(String)
    }

    package let reason: Reason
    /// The file or the part of the job that the error is about.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String {
        switch reason {
        case .missing(let kind, let remedy): "\(context): there is no such \(kind); \(remedy)"
        case .picture(let what), .mismatch(let what): "\(context): \(what)"
        case .tooMany(let count, let limit):
            "\(context): \(count) pictures are more than the \(limit) that a job may have"
        case .nothingFound:
            """
            \(context): no picture with a finite objective was found: these numbers cannot be \
            computed with; check the width of the noise, the factors of forward, the measurement \
            and the prior
            """
        case .damagedResult(let what):
            "\(context): the result could not be read back: \(what)"
        }
    }
}
