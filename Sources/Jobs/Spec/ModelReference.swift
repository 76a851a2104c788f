/// A model as a job names it: a folder in `Models/`, or a path.
package struct ModelReference: Equatable, Hashable, Sendable {
    /// The text as written.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether this is a path and not the name of an installed model.
    package var isPath: Bool { text.contains("/") }

    /// Whether `text` may be the name of a folder in `Models/`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetterOrDigit(first) else { return false }
        return text.utf8.count <= 200
            && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
