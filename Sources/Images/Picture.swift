package import Arrays

/// A picture of at least one pixel: gray or RGB, 8 or 16 bits a sample.
package struct Picture: Equatable, Sendable {
    /// The samples, `[height, width, channel]`, uint8 or uint16, with one or three channels.
    package let pixels: HostArray

    package var height: Int { pixels.shape[0] }
    package var width: Int { pixels.shape[1] }
    package var channels: Int { pixels.shape[2] }
    package var depth: SampleDepth { pixels.elementType == .uint16 ? .sixteen : .eight }
    package var color: ColorModel { channels == 1 ? .gray : .rgb }

    /// A picture with the samples `pixels`, `[height, width, channel]`.
    ///
    /// - Throws: `ImageError` when the shape or the elements are not those of a picture.
    package init(pixels: HostArray, name: String = "picture") throws(ImageError) {
        let shape = pixels.shape
        guard shape.count == 3, shape[0] > 0, shape[1] > 0, shape[2] == 1 || shape[2] == 3 else {
            let expected = "[height, width, 1 or 3] with at least one pixel"
            throw ImageError(.impossibleShape(shape, expected: expected), in: name)
        }
        guard pixels.elementType == .uint8 || pixels.elementType == .uint16 else {
            let type = pixels.elementType
            throw ImageError(.impossibleElements(type, expected: "uint8 or uint16"), in: name)
        }
        self.pixels = pixels
    }

    /// A picture over an array that is known to be one.
    init(unchecked pixels: HostArray) {
        precondition(pixels.shape.count == 3, "\(pixels.shape) is no picture")
        self.pixels = pixels
    }
}
