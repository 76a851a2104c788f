package import Images

/// What is done to every picture of a data set: crop, colour, size, depth.
package struct PicturePreparation: Equatable, Sendable {
    package enum Crop: Equatable, Sendable {
        case none
        /// The largest square in the middle.
        case center
        case box(PixelRectangle)
    }

    package var crop: Crop
    /// The side of the square that pictures are resized to; nil leaves their size.
    package var size: Int?
    /// nil leaves their colour.
    package var color: ColorModel?
    /// How many of the highest bits of every sample are kept.
    package var bits: Int
    package var filter: ResizeFilter
    /// Whether JPEG files are decoded with all their pixels, however small they become.
    package var decodesWholeJPEG: Bool

    package init(
        crop: Crop = .none, size: Int? = nil, color: ColorModel? = nil, bits: Int = 8,
        filter: ResizeFilter = .bicubic, decodesWholeJPEG: Bool = false
    ) {
        self.crop = crop
        self.size = size
        self.color = color
        self.bits = bits
        self.filter = filter
        self.decodesWholeJPEG = decodesWholeJPEG
    }

    /// How files are decoded: JPEG files with at least twice the pixels that remain, a side.
    ///
    /// So much is left to the filter that the result is within rounding of what all pixels give:
    /// 43 to 48 dB on faces. A box counts the file's own pixels, and whether a picture that is not
    /// cropped is square is seen only in all of them.
    var decoding: DecodingOptions {
        guard !decodesWholeJPEG, crop == .center, let size else { return DecodingOptions() }
        return DecodingOptions(shortestJPEGSide: 2 * size, keepsCentralSquare: true)
    }

    /// The prepared picture, 8 bits a sample.
    ///
    /// - Throws: `DatasetError` when the picture is too small for the crop, not square though a
    ///   size is asked for, or too large.
    package func applied(to picture: Picture, named name: String) throws(DatasetError) -> Picture {
        do throws(ImageError) {
            var picture = try cropped(picture)
            // Gray pictures are a third of the work from here on.
            if color == .gray { picture = picture.converted(to: .gray) }
            if let size {
                guard picture.width == picture.height else { throw notSquare(picture) }
                if picture.width != size {
                    picture = try picture.resized(width: size, height: size, filter: filter)
                }
            }
            picture = try picture.converted(to: .eight).quantized(bits: bits)
            if let color { picture = picture.converted(to: color) }
            return picture
        } catch {
            throw DatasetError(.picture(error), in: name)
        }
    }

    private func cropped(_ picture: Picture) throws(ImageError) -> Picture {
        switch crop {
        case .none: picture
        case .center: picture.centerSquare()
        case .box(let rectangle): try picture.cropped(to: rectangle)
        }
    }

    private func notSquare(_ picture: Picture) -> ImageError {
        let what =
            "\(picture.width)x\(picture.height) pixels are no square; "
            + "crop to the center or to a square box"
        return ImageError(.impossibleSetting(what), in: "size")
    }
}
