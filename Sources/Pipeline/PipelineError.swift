/// Why a job that is valid by itself cannot be restored.
package struct PipelineError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// A file that the job names is nowhere it may be.
        case missing(kind: String, remedy: String)
        /// A picture cannot be used; the texts say why and what to do.
        case picture(String, remedy: String)
        /// More pictures than a job may have.
        case tooMany(count: Int, limit: Int)
        /// Pictures, prior and operator do not go together.
        case mismatch(String, remedy: String)
        /// A model is not for what the job does.
        case unfitModel(String, remedy: String)
        /// The objective was finite nowhere.
        case nothingFound
        /// The results were written but do not read back.
        case damagedResult(String)

        static let notFinite = Reason.picture(
            "it has infinite values or NaN", remedy: "repair it, or leave it out with a mask")
    }

    package let reason: Reason
    /// The file or the part of the job that the error is about.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String { "\(context): \(problem); \(remedy)" }

    /// What is wrong, without the file or the part of the job.
    package var problem: String {
        switch reason {
        case .missing(let kind, _): "there is no such \(kind)"
        case .picture(let what, _), .mismatch(let what, _), .unfitModel(let what, _): what
        case .tooMany(let count, let limit):
            "\(count) pictures are more than the \(limit) that a job may have"
        case .nothingFound:
            "no picture with a finite objective was found: these numbers cannot be computed with"
        case .damagedResult(let what): "the result could not be read back: \(what)"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch reason {
        case .missing(_, let remedy), .picture(_, let remedy), .mismatch(_, let remedy),
            .unfitModel(_, let remedy):
            remedy
        case .tooMany: "make several jobs of it"
        case .nothingFound:
            "check the width of the noise, the factors of forward, the measurement and the prior"
        case .damagedResult: "check the disk"
        }
    }
}
