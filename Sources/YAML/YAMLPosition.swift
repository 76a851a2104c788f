/// A place in a text file.
package struct YAMLPosition: Equatable, Sendable, CustomStringConvertible {
    /// The name of the file as messages should show it.
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// Counted from 1, in characters and not in bytes.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}
