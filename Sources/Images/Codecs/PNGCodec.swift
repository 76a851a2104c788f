import Arrays
import CCodecs

/// PNG in memory over libpng.
///
/// Samples keep their depth (those of 1, 2 and 4 bits become 8); palettes are expanded;
/// gamma and colour profiles are ignored.
enum PNGCodec {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Deflate cannot pack more than this many bytes into one.
    private static let largestCompressionRatio = 1032

    static func decode(
        _ bytes: [UInt8], options: DecodingOptions, name: String
    ) throws(ImageError) -> Picture {
        let header = try inspect(bytes, options: options, name: name)
        let (width, height) = (Int(header.width), Int(header.height))
        let channels = Int(header.channels)
        let count = width * height * channels * Int(header.bytes_per_sample)
        let samples = try CodecCall.filling(count, name: name) {
            cc_png_decode(bytes, bytes.count, $0, count, $1)
        }
        let depth: SampleDepth = header.bytes_per_sample == 2 ? .sixteen : .eight
        let decoded = AlphaBlending(width: width, height: height, channels: channels, depth: depth)
            .overWhite(samples)
        return decoded.turned(upright: Orientation(png: bytes))
    }

    static func encode(_ picture: Picture, name: String) throws(ImageError) -> [UInt8] {
        let bytes = picture.pixels.bytes
        return try CodecCall.taking(name: name) { result, count in
            cc_png_encode(
                bytes, UInt32(picture.width), UInt32(picture.height), UInt32(picture.channels),
                UInt32(picture.depth.byteCount), result, count)
        }
    }

    /// The header, checked against the limits and against the size of the file, so that a lying
    /// one cannot make the decoder allocate.
    private static func inspect(
        _ bytes: [UInt8], options: DecodingOptions, name: String
    ) throws(ImageError) -> cc_png_header {
        var header = cc_png_header()
        var endsEarly: CInt = 0
        try CodecCall.check(cc_png_inspect(bytes, bytes.count, &header, &endsEarly), name: name) {
            endsEarly == 1 ? .truncated($0) : .malformed($0)
        }
        let (width, height) = (Int(header.width), Int(header.height))
        try options.check(width: width, height: height, name: name)
        guard Int(header.packed_row_bytes) * height <= bytes.count * largestCompressionRatio else {
            throw ImageError(.truncated("the file is too short for its size in pixels"), in: name)
        }
        if options.alpha == .refuse, header.channels == 2 || header.channels == 4 {
            throw ImageError(.transparent, in: name)
        }
        return header
    }
}
