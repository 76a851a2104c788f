import Arrays

/// The SHA-256 of content that arrives in pieces.
struct ContentHash {
    private var state = SHA256()
    private(set) var bytes = 0

    mutating func update(_ piece: UnsafeRawBufferPointer) {
        state.update(piece)
        bytes += piece.count
    }

    /// The SHA-256 of `text` in hexadecimal digits.
    static func digest(of text: String) -> String {
        SHA256.hexadecimal(of: Array(text.utf8))
    }

    /// The digest of everything so far.
    var digest: FileDigest {
        FileDigest(sha256: state.hexadecimal, bytes: bytes)
    }
}
