import Arrays

/// The SHA-256 of content that arrives in pieces.
struct ContentHash {
    private var state = SHA256()
    private(set) var bytes = 0

    mutating func update(_ piece: UnsafeRawBufferPointer) {
        state.update(piece)
        bytes += piece.count
    }

    /// The digest of everything so far.
    var digest: FileDigest {
        FileDigest(sha256: state.hexadecimal, bytes: bytes)
    }
}
