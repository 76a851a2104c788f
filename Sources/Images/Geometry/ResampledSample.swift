/// How the samples of one depth are weighted and summed.
protocol ResampledSample: Sample {
    associatedtype Accumulator: SIMDScalar
    /// What a sum begins with.
    static var bias: Accumulator { get }
    static func scaled(_ weight: Double) -> Accumulator
    static func adding(_ sample: Self, times weight: Accumulator, to sum: Accumulator)
        -> Accumulator
    /// The sample nearest to a finished sum.
    static func settled(_ sum: Accumulator) -> Self
}

/// Fixed-point numbers with 22 fractional bits, as in Pillow, to agree with it bit by bit.
///
/// The absolute weights of one pixel add up to less than 2, so sums stay below 2³¹.
extension UInt8: ResampledSample {
    private static let fraction: Int32 = 22

    static var bias: Int32 { 1 << (fraction - 1) }

    static func scaled(_ weight: Double) -> Int32 {
        Int32((weight * Double(1 << fraction)).rounded(.toNearestOrAwayFromZero))
    }

    @inline(__always)
    static func adding(_ sample: UInt8, times weight: Int32, to sum: Int32) -> Int32 {
        sum &+ Int32(sample) &* weight
    }

    @inline(__always)
    static func settled(_ sum: Int32) -> UInt8 { UInt8(clamping: sum >> fraction) }
}

extension UInt16: ResampledSample {
    static var bias: Double { 0.5 }

    static func scaled(_ weight: Double) -> Double { weight }

    @inline(__always)
    static func adding(_ sample: UInt16, times weight: Double, to sum: Double) -> Double {
        sum + Double(sample) * weight
    }

    @inline(__always)
    static func settled(_ sum: Double) -> UInt16 {
        UInt16(clamping: Int(sum.rounded(.down)))
    }
}
