package import Images
import Jobs

/// As many pictures as fit beside each other into a small one.
package struct PreviewSheet {
    /// The most pictures that are shown.
    package static let most = 16
    /// The pixels between pictures and around them.
    private static let gutter = 2

    package let picture: Picture

    /// The sheet of `pictures`, which are of one size.
    ///
    /// - Throws: `ImageError` when there are none.
    package init(_ pictures: [Picture]) throws(ImageError) {
        guard let first = pictures.first else {
            throw ImageError(.impossibleSetting("there are no pictures to show"), in: "preview")
        }
        let columns = Self.count(of: first.width)
        let rows = Self.count(of: first.height)
        guard columns > 0, rows > 0 else {
            picture = try Self.reduced(first)
            return
        }
        let shown = pictures.prefix(min(Self.most, columns * rows))
        let square = Int(Double(shown.count).squareRoot().rounded(.up))
        let least = (shown.count + rows - 1) / rows
        // Gray is neither too bright for a dark page nor too dark for a bright one.
        picture = try ContactSheet(
            columns: min(columns, max(square, least)), gutter: Self.gutter, background: 128
        ).picture(of: Array(shown))
    }

    /// How many pictures of this width or height have room.
    private static func count(of size: Int) -> Int {
        (LivePicture.side - gutter) / (size + gutter)
    }

    private static func reduced(_ picture: Picture) throws(ImageError) -> Picture {
        let scale = Double(LivePicture.side) / Double(max(picture.width, picture.height))
        guard scale < 1 else { return picture }
        func size(_ size: Int) -> Int { max(1, Int((Double(size) * scale).rounded())) }
        return try picture.resized(
            width: size(picture.width), height: size(picture.height), filter: .box)
    }
}
