package import Tensors

/// What is known of one picture besides a best guess.
package struct Posterior: Sendable {
    /// Pictures drawn from the posterior, `[sample, channel, height, width]`.
    package let samples: Tensor
    /// The standard deviation of every pixel, `[channel, height, width]`, over all steps kept.
    package let deviation: Tensor
    /// Between which levels of a picture file every pixel lies with ``coverage``, over all steps kept, on the
    /// [0, 1] scale: `[2, channel, height, width]`, the lower and the upper end.
    package let interval: Tensor
    /// How many independent samples the steps kept are worth, where they are worth least.
    package let effectiveSamples: Double
    /// R̂, by how much chains differ from one another more than within themselves: 1 where they have
    /// mixed.
    package let scaleReduction: Double
    /// Whether the fast ways of computing were given up, because they gave values that are not finite.
    let usedPlainPaths: Bool

    package init(
        samples: Tensor, deviation: Tensor, interval: Tensor, effectiveSamples: Double,
        scaleReduction: Double, usedPlainPaths: Bool = false
    ) {
        self.usedPlainPaths = usedPlainPaths
        self.samples = samples
        self.deviation = deviation
        self.interval = interval
        self.effectiveSamples = effectiveSamples
        self.scaleReduction = scaleReduction
    }

    /// The probability of ``interval``.
    package static let coverage = 0.9

    /// Beyond it chains count as not mixed.
    ///
    /// Gelman et al. 2013, section 11.5, ask for 1.1 of long
    /// chains; of some forty steps that swing it is often more by chance.
    package static let largestScaleReduction = 1.5
}

extension Posterior {
    /// What the owner of the picture should know, nil when the chains have mixed.
    package var warning: String? {
        let count = samples.shape[0]
        let tenths = Int((effectiveSamples * 10).rounded())
        let size = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
        if scaleReduction > Self.largestScaleReduction {
            return """
                the chains have not mixed: they are worth \(size) independent samples; mean and \
                deviation are rough, and more steps may make them better. All begin around one \
                picture: others that are as likely may be missing
                """
        }
        guard effectiveSamples < Double(count) else { return nil }
        return """
            the \(count) samples are worth \(size) independent ones; give solver.langevin more steps
            """
    }
}
