import Glibc

/// How near pictures are in training, where one that is perfect must not count as infinitely good.
package enum Decibels {
    /// The PSNR that a mean squared error on the [0, 1] scale amounts to: −10 log₁₀(error), at most
    /// 120 dB; NaN stays NaN.
    package static func psnr(_ error: Double) -> Double {
        error.isNaN ? error : -10 * log10(max(error, 1e-12))
    }
}
