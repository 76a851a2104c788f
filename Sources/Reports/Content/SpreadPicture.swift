package import Arrays
import Glibc
package import Images

/// Standard deviations as a picture in colours, with a bar that says what they mean.
///
/// Of pictures in colour it shows the root mean square over the channels.
package struct SpreadPicture: Equatable, Sendable {
    package let picture: Picture
    /// The deviation that has the lightest colour, on the scale on which pictures are in [0, 1].
    package let scale: Double

    /// The least number of pixels of the longer side, so that small pictures can be seen.
    private static let leastSide = 256
    /// Pixels of a digit's pixel.
    private static let digitSize = 2
    private static let barWidth = 14
    private static let gap = 8

    /// A picture of `deviations`, `[channel, height, width]`.
    ///
    /// - Throws: `ImageError` when the array is no picture.
    package init(_ deviations: HostArray, name: String = "deviations") throws {
        guard deviations.shape.count == 3, deviations.count > 0 else {
            throw ImageError(
                .impossibleShape(deviations.shape, expected: "[channel, height, width]"), in: name)
        }
        let (height, width) = (deviations.shape[1], deviations.shape[2])
        let levels = try Self.levels(deviations)
        let scale = levels.max() ?? 0
        let unit = scale > 0 && scale.isFinite ? scale : 1
        let factor = max(1, Self.leastSide / max(height, width))
        var canvas = Canvas(
            width: width * factor + 2 * Self.gap + Self.barWidth + Self.labelWidth,
            height: max(height * factor, 4 * SmallDigits.height * Self.digitSize))
        canvas.fill(0..<width * factor, 0..<height * factor) { x, y in
            ColorMap.color(of: levels[y / factor * width + x / factor] / unit)
        }
        Self.drawBar(on: &canvas, from: width * factor + Self.gap, to: unit)
        picture = try canvas.picture(name: name)
        self.scale = unit
    }

    private static let labelDigits = 7
    private static var labelWidth: Int { (labelDigits * 4) * digitSize + gap }

    /// The root mean squares over the channels, row by row.
    private static func levels(_ deviations: HostArray) throws -> [Double] {
        let values = try deviations.numbers(as: Double.self)
        let area = deviations.shape[1] * deviations.shape[2]
        let channels = deviations.shape[0]
        return (0..<area).map { pixel in
            let squares = (0..<channels).reduce(0.0) {
                $0 + values[$1 * area + pixel] * values[$1 * area + pixel]
            }
            return (squares / Double(channels)).squareRoot()
        }
    }

    private static func drawBar(on canvas: inout Canvas, from x: Int, to largest: Double) {
        let height = canvas.height
        canvas.fill(x..<x + barWidth, 0..<height) { _, y in
            ColorMap.color(of: 1 - Double(y) / Double(max(height - 1, 1)))
        }
        let label = x + barWidth + gap / 2
        let bottom = height - SmallDigits.height * digitSize
        canvas.write(text(largest), at: (label, 0), size: digitSize)
        canvas.write(text(largest / 2), at: (label, bottom / 2), size: digitSize)
        canvas.write("0", at: (label, bottom), size: digitSize)
    }

    /// Three decimals, which are what can be told apart; of less than a level two digits and a power of ten.
    private static func text(_ value: Double) -> String {
        guard value < 0.004, value > 0 else { return value.fixed(3) }
        let power = Int(log10(value).rounded(.down))
        let digits = (value / pow(10, Double(power))).fixed(1)
        // What is rounded up to ten is one of the next power.
        return digits == "10.0" ? "1.0e\(power + 1)" : "\(digits)e\(power)"
    }
}

/// Pixels in colour that are painted on white.
private struct Canvas {
    let width: Int
    let height: Int
    private var samples: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        samples = Array(repeating: 255, count: width * height * 3)
    }

    mutating func fill(_ columns: Range<Int>, _ rows: Range<Int>, _ color: (Int, Int) -> [UInt8]) {
        for y in rows {
            for x in columns { set(x, y, color(x, y)) }
        }
    }

    mutating func write(_ text: String, at place: (x: Int, y: Int), size: Int) {
        for pixel in SmallDigits.ink(of: text) {
            let (x, y) = (place.x + pixel.x * size, place.y + pixel.y * size)
            fill(x..<x + size, y..<y + size) { _, _ in [40, 40, 40] }
        }
    }

    private mutating func set(_ x: Int, _ y: Int, _ color: [UInt8]) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        let start = (y * width + x) * 3
        samples.replaceSubrange(start..<start + 3, with: color)
    }

    func picture(name: String) throws(ImageError) -> Picture {
        try Picture(pixels: HostArray(samples, shape: [height, width, 3]), name: name)
    }
}
