import Glibc

/// Standard error, for what is no log line.
enum StandardError {
    static func line(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        // Nobody is left to be told when this fails.
        _ = write(2, bytes, bytes.count)
    }
}
