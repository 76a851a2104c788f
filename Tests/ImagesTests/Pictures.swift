import Arrays
import Images
import TestSupport

/// A picture of seeded random samples.
func randomPicture(
    width: Int, height: Int, color: ColorModel, depth: SampleDepth = .eight, seed: UInt64 = 1
) throws -> Picture {
    var generator = SeededGenerator(seed: seed)
    let count = width * height * color.channels
    let shape = [height, width, color.channels]
    switch depth {
    case .eight:
        let samples = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return try Picture(pixels: HostArray(samples, shape: shape))
    case .sixteen:
        let samples = (0..<count).map { _ in UInt16.random(in: 0...65535, using: &generator) }
        return try Picture(pixels: HostArray(samples, shape: shape))
    }
}

/// A gray or RGB picture of 8 bits.
func picture(_ samples: [UInt8], width: Int, height: Int, channels: Int = 1) throws -> Picture {
    try Picture(pixels: HostArray(samples, shape: [height, width, channels]))
}

/// The largest difference between two arrays of 8-bit samples; nil when their shapes differ.
func largestDifference(_ a: HostArray, _ b: HostArray) -> Int? {
    guard a.shape == b.shape, a.elementType == .uint8, b.elementType == .uint8 else { return nil }
    return zip(a.bytes, b.bytes).map { abs(Int($0) - Int($1)) }.max()
}
