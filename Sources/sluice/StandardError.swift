import Glibc

/// Text for standard error, where everything goes that is not a result.
struct StandardError: TextOutputStream {
    /// Writes all of `text`, or gives up when nobody can read it.
    mutating func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }

    /// Writes one line.
    static func line(_ text: String) {
        var stream = StandardError()
        print(text, to: &stream)
    }
}
