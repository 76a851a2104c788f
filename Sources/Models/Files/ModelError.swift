/// Why a model folder cannot be used.
package struct ModelError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case missingFile(String)
        case unreadable(String, why: String)
        /// A file of the weights is not the one that the description was written for.
        case wrongDigest(String, expected: String, found: String)
        case newerVersion(Int)
        /// The weights cannot be a flow of this architecture.
        case unusable(why: String)
        /// The weights do not fit into memory.
        case memory(ModelRoom)
        /// A generator where a flow is needed.
        case withoutDensity
        /// Another model where an unfolded network is needed.
        case notUnfolded
        /// An unfolded network where latents are needed.
        case unfolded
    }

    package let folder: String
    package let reason: Reason

    package init(folder: String, _ reason: Reason) {
        self.folder = folder
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .missingFile(let file):
            "\(folder): \(file) is missing; a model is a folder with model.json and its weights"
        case .unreadable(let file, let why):
            "\(folder)/\(file): \(why)"
        case .wrongDigest(let file, let expected, let found):
            """
            \(folder)/\(file): it has SHA-256 \(found), model.json says \(expected); copy the \
            whole folder again
            """
        case .newerVersion(let version):
            "\(folder)/model.json: version \(version) is newer than this program; update it"
        case .unusable(let why):
            "\(folder): \(why)"
        case .memory(let room):
            "\(folder): \(room.problem); give the worker more memory, or take a smaller model"
        case .withoutDensity:
            "\(folder): the model makes pictures but knows no probabilities; use a flow here"
        case .notUnfolded:
            "\(folder): the model is no unfolded network; name it as prior, or train one"
        case .unfolded:
            """
            \(folder): the model is an unfolded network, which is no prior; write solver: \
            {unfolded: {model: …}} and leave out prior
            """
        }
    }
}
