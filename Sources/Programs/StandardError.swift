import Glibc

/// Where everything goes that is not a result.
package enum StandardError {
    /// Whether a person looks at it.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line.
    package static func write(_ line: String) { writeRaw(line + "\n") }

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
