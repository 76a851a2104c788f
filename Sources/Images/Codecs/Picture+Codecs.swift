extension Picture {
    /// The picture in the bytes of a PNG or JPEG file, turned upright as its Exif data says.
    ///
    /// - Throws: `ImageError` when the bytes are not a whole, undamaged picture within the
    ///   limits of `options`.
    package init(
        decoding bytes: [UInt8], options: DecodingOptions = DecodingOptions(), name: String
    ) throws(ImageError) {
        if bytes.starts(with: PNGCodec.signature) {
            self = try PNGCodec.decode(bytes, options: options, name: name)
        } else if bytes.starts(with: JPEGCodec.signature) {
            self = try JPEGCodec.decode(bytes, options: options, name: name)
        } else {
            let isBeginning = [PNGCodec.signature, JPEGCodec.signature].contains {
                $0.starts(with: bytes)
            }
            throw ImageError(
                isBeginning
                    ? .truncated("the file has only \(bytes.count) bytes") : .unrecognized,
                in: name)
        }
    }

    /// A PNG file with exactly these samples.
    ///
    /// - Throws: `ImageError` when libpng cannot write it.
    package func png(name: String = "picture") throws(ImageError) -> [UInt8] {
        try PNGCodec.encode(self, name: name)
    }

    /// A baseline JPEG file with `quality` from 1 to 100; 16-bit samples are rounded to 8 bits.
    ///
    /// - Throws: `ImageError` when the quality is out of range or a side too long for JPEG.
    package func jpeg(quality: Int, name: String = "picture") throws(ImageError) -> [UInt8] {
        try JPEGCodec.encode(self, quality: quality, name: name)
    }
}
