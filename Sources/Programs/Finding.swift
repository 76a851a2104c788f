/// One thing that `sluice doctor` has looked at.
package struct Finding: Codable, Equatable, Sendable {
    package enum State: String, Codable, Sendable {
        case works
        /// It works, but not as well as it could.
        case warning
        /// Something cannot be done because of it.
        case fails
    }

    /// What was looked at, in a word or two.
    package var subject: String
    package var state: State
    /// What was found.
    package var detail: String
    /// What the user can do about it.
    package var remedy: String?

    package init(_ subject: String, _ state: State, _ detail: String, remedy: String? = nil) {
        self.subject = subject
        self.state = state
        self.detail = detail
        self.remedy = remedy
    }

    /// The finding on one line, or two with a remedy.
    package var text: String {
        let mark =
            switch state {
            case .works: "ok     "
            case .warning: "warning"
            case .fails: "FAILS  "
            }
        let padding = String(repeating: " ", count: max(1, 16 - subject.count))
        let line = "\(mark)  \(subject)\(padding)\(detail)"
        return remedy.map { "\(line)\n         → \($0)" } ?? line
    }
}
