/// A model as a job names it: a folder in `Models/`, or a path.
package struct ModelReference: Equatable, Hashable, Sendable {
    /// The text as written.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether this is a path and not the name of an installed model.
    package var isPath: Bool { text.contains("/") }
}
