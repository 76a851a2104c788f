package import Tensors

/// What a `SelfTest` measured.
package struct SelfTestReport: Sendable, Equatable {
    /// The precision of the weights and of the test.
    package let type: DataType
    /// Of pictures that were encoded and decoded, the largest difference of a pixel.
    package let pictureError: Double
    /// Of latents that were decoded and encoded, the largest difference.
    package let latentError: Double
    /// Of log-determinants there and back, the largest sum, in nats.
    package let volumeError: Double
    /// Of a level's log-determinant and that of its Jacobian on a few pixels, in nats; nil when the
    /// levels have too many channels for any.
    package let jacobianError: Double?
    /// Whether latents up to six standard deviations away give finite pictures.
    package let isFinite: Bool

    /// What is worse than rounding explains, one sentence each.
    package var problems: [String] {
        var problems: [String] = []
        if !(pictureError <= allowed) {
            problems.append("pictures do not come back: they differ by \(pictureError)")
        }
        if !(latentError <= allowed * 10) {
            problems.append("latents do not come back: they differ by \(latentError)")
        }
        if !(volumeError <= allowed * 100) {
            problems.append("volumes there and back differ by \(volumeError) nats")
        }
        if let jacobianError, !(jacobianError <= allowed * 10) {
            problems.append("volumes differ from the Jacobian's by \(jacobianError) nats")
        }
        if !isFinite { problems.append("latents of six standard deviations give no picture") }
        return problems
    }

    package var hasPassed: Bool { problems.isEmpty }

    private var allowed: Double { type == .float64 ? 1e-6 : 1e-3 }
}
