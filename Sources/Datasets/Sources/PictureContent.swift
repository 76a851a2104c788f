import Arrays
package import Images

/// A picture as its source has it.
package enum PictureContent: Sendable {
    /// The bytes of a PNG or JPEG file.
    case encoded([UInt8])
    case decoded(Picture)

    /// How much memory it takes.
    var byteCount: Int {
        switch self {
        case .encoded(let bytes): bytes.count
        case .decoded(let picture): picture.pixels.bytes.count
        }
    }

    /// The picture itself.
    ///
    /// - Parameters:
    ///   - options: What is accepted, and how large it has to be.
    ///   - name: What errors call it.
    /// - Returns: The picture, in memory.
    /// - Throws: `ImageError` when it cannot be decoded.
    func picture(
        _ options: DecodingOptions = DecodingOptions(), named name: String
    ) throws(ImageError) -> Picture {
        switch self {
        case .encoded(let bytes): try Picture(decoding: bytes, options: options, name: name)
        case .decoded(let picture): picture
        }
    }
}

/// Whether a file of this name is taken for a picture.
func isPictureName(_ name: String) -> Bool {
    let last = name.split(separator: "/").last ?? ""
    // Hidden files are other programs' notes, such as the "._" files of macOS archives.
    guard !last.hasPrefix("."), let dot = last.lastIndex(of: ".") else { return false }
    return ["png", "jpg", "jpeg"].contains(last[last.index(after: dot)...].lowercased())
}
