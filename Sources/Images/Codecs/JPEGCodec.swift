import Arrays
import CCodecs

/// JPEG in memory over libjpeg: gray, RGB and (read only) CMYK, which becomes RGB.
enum JPEGCodec {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// The longest side that a JPEG file can have in libjpeg.
    static let longestSide = 65_500

    static func decode(
        _ bytes: [UInt8], options: DecodingOptions, name: String
    ) throws(ImageError) -> Picture {
        let header = try inspect(bytes, options: options, name: name)
        let reduction = options.reduction(width: Int(header.width), height: Int(header.height))
        let width = (Int(header.width) + reduction - 1) / reduction
        let height = (Int(header.height) + reduction - 1) / reduction
        let scans = Int32(clamping: options.maximumJPEGScans)
        let count = width * height * Int(header.channels)
        var samples = try CodecCall.filling(count, name: name) {
            cc_jpeg_decode(bytes, bytes.count, scans, UInt32(reduction), $0, count, $1)
        }
        if header.channels == 4 {
            samples = rgb(cmyk: samples, isInverted: header.has_adobe_marker == 1)
        }
        let channels = header.channels == 1 ? 1 : 3
        let decoded = Picture(samples, width: width, height: height, channels: channels)
        return decoded.turned(upright: Orientation(jpeg: bytes))
    }

    static func encode(
        _ picture: Picture, quality: Int, name: String
    ) throws(ImageError) -> [UInt8] {
        guard (1...100).contains(quality) else {
            throw ImageError(
                .impossibleSetting("a JPEG's quality is 1...100, not \(quality)"), in: name)
        }
        guard max(picture.width, picture.height) <= longestSide else {
            let limit = "a JPEG's sides are at most \(longestSide) pixels; write a PNG instead"
            throw ImageError(.impossibleSetting(limit), in: name)
        }
        let bytes = picture.converted(to: .eight).pixels.bytes
        return try CodecCall.taking(name: name) { result, count in
            cc_jpeg_encode(
                bytes, UInt32(picture.width), UInt32(picture.height), UInt32(picture.channels),
                Int32(quality), result, count)
        }
    }

    /// The header, checked against the limits before anything of the picture's size is allocated.
    private static func inspect(
        _ bytes: [UInt8], options: DecodingOptions, name: String
    ) throws(ImageError) -> cc_jpeg_header {
        var header = cc_jpeg_header()
        var endsEarly: CInt = 0
        let message = cc_jpeg_inspect(bytes, bytes.count, &header, &endsEarly)
        try CodecCall.check(message, name: name) {
            if endsEarly == 1 { return .truncated($0) }
            return header.is_unsupported == 1 ? .unsupported($0) : .malformed($0)
        }
        try options.check(width: Int(header.width), height: Int(header.height), name: name)
        return header
    }

    /// Paper white minus the inks: (1 − c)(1 − k), as Pillow rounds it.
    ///
    /// Files with Adobe's marker store every ink as 255 minus its amount.
    private static func rgb(cmyk: [UInt8], isInverted: Bool) -> [UInt8] {
        let flip: Int = isInverted ? 255 : 0
        return [UInt8](unsafeUninitializedCapacity: cmyk.count / 4 * 3) { buffer, initialized in
            for pixel in 0..<cmyk.count / 4 {
                let paper = 255 - (Int(cmyk[4 * pixel + 3]) ^ flip)
                for ink in 0..<3 {
                    let amount = Int(cmyk[4 * pixel + ink]) ^ flip
                    buffer[3 * pixel + ink] = UInt8(clamping: paper - (amount * paper + 127) / 255)
                }
            }
            initialized = buffer.count
        }
    }
}
