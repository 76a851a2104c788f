package import Arrays
import Glibc

/// The peak signal-to-noise ratio of `restored` against `truth` in decibels, peak 1.
///
///     −10 log₁₀ mean((clip(restored, 0, 1) − truth)²)
///
/// The mean is over all pixels and channels. Both are `[channel, height, width]`, float32 or
/// float64. Equal pictures give infinity; a value that is not a number gives one.
///
/// - Throws: `ImageError` when either is no picture or their shapes differ.
package func psnr(of restored: HostArray, truth: HostArray) throws(ImageError) -> Double {
    let (x, y) = try Planes.pair(restored, truth, name: "PSNR")
    var sum = 0.0
    for (a, b) in zip(x.values, y.values) {
        let difference = clipped(a) - b
        sum += difference * difference
    }
    return -10 * log10(sum / Double(x.values.count))
}

/// `value` brought into [0, 1]; what is not a number stays so.
func clipped(_ value: Double) -> Double {
    value < 0 ? 0 : value > 1 ? 1 : value
}
