/// Luminance and two colour differences in place of red, green and blue.
///
///     (r + g + b)/3,  (r − b)/2,  (r − 2g + b)/4
///
/// The channels of a picture are nearly independent in it, and white noise stays white.
enum OpponentColours {
    private static let rows: [SIMD3<Float>] = [
        SIMD3(1, 1, 1) / 3, SIMD3(0.5, 0, -0.5), SIMD3(0.25, -0.5, 0.25),
    ]
    /// The columns of the inverse.
    private static let inverse: [SIMD3<Float>] = [
        SIMD3(1, 1, 1), SIMD3(1, 0, -1), SIMD3(2, -4, 2) / 3,
    ]

    /// What the standard deviation of white noise is multiplied by in each channel.
    static func deviations(channels: Int) -> [Float] {
        channels == 3 ? rows.map { ($0 * $0).sum().squareRoot() } : [1]
    }

    /// A gray picture as it is, a colour picture by luminance and differences.
    static func separated(_ picture: Planes) -> Planes {
        mapped(picture) { colour in
            SIMD3(
                (rows[0] * colour).sum(), (rows[1] * colour).sum(), (rows[2] * colour).sum())
        }
    }

    /// The way back.
    static func joined(_ picture: Planes) -> Planes {
        mapped(picture) { inverse[0] * $0.x + inverse[1] * $0.y + inverse[2] * $0.z }
    }

    private static func mapped(
        _ picture: Planes, _ body: (SIMD3<Float>) -> SIMD3<Float>
    ) -> Planes {
        guard picture.channels == 3 else { return picture }
        var values = picture.values
        let area = picture.area
        for pixel in 0..<area {
            let colour = body(
                SIMD3(values[pixel], values[area + pixel], values[2 * area + pixel]))
            (values[pixel], values[area + pixel], values[2 * area + pixel]) = (
                colour.x, colour.y, colour.z
            )
        }
        return picture.with(values)
    }
}
