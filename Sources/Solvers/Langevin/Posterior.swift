package import Tensors

/// What is known of one picture besides a best guess.
package struct Posterior: Sendable {
    /// Pictures drawn from the posterior, `[sample, channel, height, width]`.
    package let samples: Tensor
    /// The standard deviation of every pixel, `[channel, height, width]`, over all steps kept.
    package let deviation: Tensor
    /// How many independent samples the steps kept are worth, where they are worth least.
    package let effectiveSamples: Double
    /// R̂, by how much chains differ from one another more than within themselves: 1 where they have
    /// mixed.
    package let scaleReduction: Double
    /// Whether the fast ways of computing were given up, because they gave values that are not finite.
    let usedPlainPaths: Bool

    package init(
        samples: Tensor, deviation: Tensor, effectiveSamples: Double, scaleReduction: Double,
        usedPlainPaths: Bool = false
    ) {
        self.usedPlainPaths = usedPlainPaths
        self.samples = samples
        self.deviation = deviation
        self.effectiveSamples = effectiveSamples
        self.scaleReduction = scaleReduction
    }

    /// Beyond it chains count as not mixed.
    ///
    /// Gelman et al. 2013, section 11.5, ask for 1.1 of long
    /// chains; of some forty steps that swing it is often more by chance.
    package static let largestScaleReduction = 1.5
}

extension Posterior {
    /// What the owner of the picture should know, nil when the chains have mixed.
    var warning: String? {
        let count = samples.shape[0]
        let size =
            effectiveSamples < 10
            ? String(Int(effectiveSamples * 10)).tenths : "\(Int(effectiveSamples))"
        if scaleReduction > Self.largestScaleReduction {
            return """
                the chains have not mixed: they are worth \(size) independent samples; mean and \
                deviation are rough, and more steps would make them better
                """
        }
        guard effectiveSamples < Double(count) else { return nil }
        return """
            the \(count) samples are worth \(size) independent ones; give solver.langevin more steps
            """
    }
}

extension String {
    /// Digits of tenths with their point.
    fileprivate var tenths: String {
        count > 1 ? "\(dropLast()).\(suffix(1))" : "0.\(self)"
    }
}
