import FoundationEssentials
import Images

/// A picture as it stands in the page: a `data:` address, and how to show it.
struct EmbeddedPicture {
    /// Larger pictures are reduced to this for the page; the files beside it have them whole.
    private static let longestSide = 640
    /// Up to this size the reader wants to see the pixels, not what lies between them.
    private static let longestPixelatedSide = 200

    let address: String
    let width: Int
    let height: Int
    let isPixelated: Bool
    let isReduced: Bool

    init(_ picture: Picture) throws(ImageError) {
        let longest = max(picture.width, picture.height)
        isReduced = longest > Self.longestSide
        isPixelated = longest <= Self.longestPixelatedSide
        let shown = try Self.reduced(picture, longest: longest).converted(to: .eight)
        width = shown.width
        height = shown.height
        let bytes = try shown.png()
        address = "data:image/png;base64," + Data(bytes).base64EncodedString()
    }

    private static func reduced(_ picture: Picture, longest: Int) throws(ImageError) -> Picture {
        guard longest > longestSide else { return picture }
        return try picture.resized(
            width: max(1, picture.width * longestSide / longest),
            height: max(1, picture.height * longestSide / longest), filter: .lanczos)
    }
}
