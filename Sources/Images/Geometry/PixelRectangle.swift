/// A rectangle of whole pixels; the origin is the upper left corner of the picture.
package struct PixelRectangle: Equatable, Sendable, CustomStringConvertible {
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var description: String { "\(width)x\(height) pixels at (\(x), \(y))" }

    /// Whether it has pixels and all of them lie in a picture of these sizes.
    func isInside(width pictureWidth: Int, height pictureHeight: Int) -> Bool {
        guard x >= 0, y >= 0, width > 0, height > 0 else { return false }
        return width <= pictureWidth && x <= pictureWidth - width
            && height <= pictureHeight && y <= pictureHeight - height
    }
}
