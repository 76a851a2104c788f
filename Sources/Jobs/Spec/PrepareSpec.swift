/// What happens to every picture before the measurement.
package struct PrepareSpec: Equatable, Sendable {
    /// Which part of the picture is taken.
    package enum Crop: Equatable, Sendable {
        case none
        /// The largest square in the middle.
        case center
        case rectangle(PixelRectangle)
    }

    /// The colours of the prepared picture.
    package enum Color: String, CaseIterable, Sendable {
        /// As the picture has them.
        case keep
        case rgb, gray
    }

    package var crop: Crop
    /// The width and height after resizing, in pixels; nil leaves them as they are.
    package var size: Int?
    package var color: Color
    /// The bit depth to which the picture itself is quantised, 1…8; 8 leaves it as it is.
    package var bits: Int

    package init(crop: Crop = .none, size: Int? = nil, color: Color = .keep, bits: Int = 8) {
        self.crop = crop
        self.size = size
        self.color = color
        self.bits = bits
    }
}

/// A rectangle of pixels, counted from the top left corner.
package struct PixelRectangle: Equatable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}
