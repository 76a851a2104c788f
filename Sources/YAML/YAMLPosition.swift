/// A place in a text, counted from 1.
package struct YAMLPosition: Equatable, Comparable, Sendable {
    package let line: Int
    /// In characters, not in bytes.
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: YAMLPosition, b: YAMLPosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}
