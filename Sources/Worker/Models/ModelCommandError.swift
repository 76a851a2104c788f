/// Why a command cannot use a model on the files that it was given.
package struct ModelCommandError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The file of the output is there already.
        case exists
        /// The file of the output is one of those that are read.
        case isInput
        /// Pictures have another shape, `[channel, height, width]`.
        case otherShape([Int], expected: [Int])
        /// An array is no stack of pictures; the text says why and what to do.
        case noPictures(String)
        /// So many numbers are infinite or NaN.
        case notFinite(Int)
        /// Values that no picture of the model has.
        case outside(Double, lower: Double, upper: Double)
        /// The file has no latents of the model: everything that is wrong.
        case noLatents([String])
        /// The model makes pictures, and knows nothing about others.
        case noDensity
        /// A file is no map of names.
        case noMap
    }

    package let reason: Reason
    /// The file or model that the error is about.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String { "\(context): \(reason)" }
}

extension ModelCommandError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exists: "exists already; give another name, or --replace"
        case .isInput: "is read by this command; give --output another name"
        case .otherShape(let shape, let expected):
            "the picture is \(PictureWords.size(shape)), those of the model are "
                + "\(PictureWords.size(expected)); make it so first, or choose another model"
        case .noPictures(let why): why
        case .notFinite(let count): "\(count) values are infinite or NaN; repair them"
        case .outside(let value, let lower, let upper):
            "the value \(value) is none of the model's pictures, which lie between \(lower) and "
                + "\(upper); divide by the largest value, or give --raw for the model's own scale"
        case .noLatents(let problems):
            "these are no latents of the model:\n  " + problems.joined(separator: "\n  ")
        case .noMap:
            "this is no map of names; write a JSON object {\"their name\": \"our name\", …}"
        case .noDensity:
            "the model makes pictures but does not find the latents of others; use a flow"
        }
    }
}
