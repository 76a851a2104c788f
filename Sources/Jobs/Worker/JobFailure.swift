/// Why a job failed: the content of `error.json`, and what the worker says when it gives up.
package struct JobFailure: Codable, Equatable, Sendable, Error {
    /// What the daemon does about the failure.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// The same input fails again: the job ends.
        case job
        /// Something outside the job, such as a full disk: it is tried again later, without limit.
        case environment
        /// Memory or time ran out: one more attempt.
        case resource
    }

    package var kind: Kind
    /// A word for programs, such as `job.invalid`; listed in `Docs/worker-protocol.md`.
    package var code: String
    package var message: String
    /// The file that the failure points into, relative to the job.
    package var file: String?
    /// A line of `file`, counted from 1.
    package var line: Int?
    /// A column of `file`, counted from 1.
    package var column: Int?
    /// What the user can do about it.
    package var hint: String?

    package init(
        _ kind: Kind, _ code: String, _ message: String,
        file: String? = nil, line: Int? = nil, column: Int? = nil, hint: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.hint = hint
    }
}

extension JobFailure: CustomStringConvertible {
    package var description: String {
        let place = [file, line.map(String.init), column.map(String.init)]
            .compactMap { $0 }.joined(separator: ":")
        // Mistakes of a job file carry their places and remedies in the message already.
        let start = place.isEmpty || message.hasPrefix(place) ? message : "\(place): \(message)"
        guard let hint, !message.contains(hint) else { return start }
        return "\(start); \(hint)"
    }
}
