import Jobs

extension String {
    /// The text on one line, whatever names it holds: lines are joined, and other control characters
    /// spelled out, so that nobody can forge a line of a log or rule a terminal.
    package var inOneLine: String {
        split(whereSeparator: \.isNewline).joined(separator: " | ").unicodeScalars.map { scalar in
            scalar.isControl ? scalar.escaped(asASCII: true) : String(scalar)
        }
        .joined()
    }
}
