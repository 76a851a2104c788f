/// One mistake in a file: where it is, what is wrong and what to write instead.
package struct YAMLIssue: Equatable, Sendable, CustomStringConvertible {
    package let position: YAMLPosition
    package let problem: String
    package let remedy: String

    package init(_ position: YAMLPosition, _ problem: String, _ remedy: String) {
        self.position = position
        self.problem = problem
        self.remedy = remedy
    }

    /// The form `file:line:column: what is wrong; what to write instead`.
    package var description: String { "\(position): \(problem); \(remedy)" }
}
