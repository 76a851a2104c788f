import Glibc

/// Where everything goes that is not a result.
package enum StandardError {
    /// Whether a person looks at it.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line, with what turns the direction of text spelled out.
    package static func write(_ line: String) { writeRaw(withoutTurns(line) + "\n") }

    /// `text` with the characters spelled out, as in `\u{202E}`, that turn the direction of text: a
    /// name that has one looks like another name on a terminal.
    package static func withoutTurns(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.properties.isBidiControl) else { return text }
        return text.unicodeScalars.map { scalar in
            scalar.properties.isBidiControl ? scalar.escaped(asASCII: true) : String(scalar)
        }
        .joined()
    }

    /// Writes `text` as it is.
    package static func writeRaw(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
            }
            // A closed stream is no reason to stop working.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
