import Arrays

extension Picture {
    /// The pixels inside `rectangle`.
    ///
    /// - Throws: `ImageError` when the rectangle is empty or reaches outside the picture.
    package func cropped(to rectangle: PixelRectangle) throws(ImageError) -> Picture {
        guard rectangle.isInside(width: width, height: height) else {
            throw ImageError(.outside(rectangle, width: width, height: height), in: "crop")
        }
        return cut(rectangle)
    }

    /// The largest square in the middle; an odd pixel too many is dropped at the right or bottom.
    package func centerSquare() -> Picture {
        let side = min(width, height)
        return cut(
            PixelRectangle(
                x: (width - side) / 2, y: (height - side) / 2, width: side, height: side))
    }

    private func cut(_ rectangle: PixelRectangle) -> Picture {
        let size = channels * depth.byteCount
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rectangle.width * rectangle.height * size)
        for y in rectangle.y..<rectangle.y + rectangle.height {
            let start = (y * width + rectangle.x) * size
            bytes += pixels.bytes[start..<start + rectangle.width * size]
        }
        return Picture(
            bytes: bytes, width: rectangle.width, height: rectangle.height, channels: channels,
            depth: depth)
    }
}
