package import Arrays
package import Images

/// Differences shown as a picture: 0 is mid-gray (level 128), `scale` is white, -`scale` black.
package struct SignedPicture: Equatable, Sendable {
    package let picture: Picture
    /// The difference that is shown as white, on the scale on which pictures are in [0, 1].
    package let scale: Double

    package init(picture: Picture, scale: Double) {
        self.picture = picture
        self.scale = scale
    }

    /// A picture of `differences`, float32 or float64 `[channel, height, width]` with one or three
    /// channels; without a `scale` the largest of them is white or black.
    ///
    /// - Throws: `ImageError` when the array is no picture or holds something that is not a
    ///   finite number.
    package init(
        _ differences: HostArray, scale: Double? = nil, name: String = "differences"
    ) throws(ImageError) {
        let values = try Self.values(differences, name: name)
        let scale = scale ?? values.reduce(0) { max($0, abs($1)) }
        let unit = scale > 0 && scale.isFinite ? scale : 1
        let channels = differences.shape[0]
        let area = values.count / channels
        var levels = [UInt8](repeating: 0, count: values.count)
        for channel in 0..<channels {
            for pixel in 0..<area {
                let value = min(max(values[channel * area + pixel] / unit, -1), 1)
                levels[pixel * channels + channel] = UInt8(128 + (value * 127).rounded())
            }
        }
        let shape = [differences.shape[1], differences.shape[2], channels]
        picture = try Picture(pixels: HostArray(levels, shape: shape), name: name)
        self.scale = unit
    }

    private static func values(
        _ array: HostArray, name: String
    ) throws(ImageError) -> [Double] {
        guard array.shape.count == 3, [1, 3].contains(array.shape[0]), array.count > 0 else {
            let expected = "[1 or 3, height, width] with at least one pixel"
            throw ImageError(.impossibleShape(array.shape, expected: expected), in: name)
        }
        do {
            let values = try array.numbers(as: Double.self)
            guard values.allSatisfy(\.isFinite) else { throw ImageError(.notANumber, in: name) }
            return values
        } catch let error as ImageError {
            throw error
        } catch {
            let type = array.elementType
            throw ImageError(.impossibleElements(type, expected: "float32 or float64"), in: name)
        }
    }
}
