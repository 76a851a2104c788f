package import YAML

/// Why a job, a recipe or a configuration was refused.
package struct JobError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The file has these mistakes, at least one.
        case invalid([YAMLIssue])
        /// There is no such file.
        case missing
        /// It may not be read.
        case forbidden
        /// It could not be read, for the stated reason.
        case unreadable(String)
    }

    /// The name of the file as the user gave it.
    package let file: String
    package let reason: Reason

    package init(_ reason: Reason, file: String) {
        self.reason = reason
        self.file = file
    }

    /// The mistakes of the file, none when it could not be read at all.
    package var issues: [YAMLIssue] {
        guard case .invalid(let issues) = reason else { return [] }
        return issues
    }

    /// One line for each mistake: `file:line:column: what is wrong; what to write instead`.
    package var description: String {
        switch reason {
        case .invalid(let issues):
            issues.map(\.description).joined(separator: "\n")
        case .missing:
            "\(file): there is no such file; check its name"
        case .forbidden:
            "\(file): it may not be read; change its permissions"
        case .unreadable(let why):
            "\(file): it cannot be read: \(why); check the file and its disk"
        }
    }
}
