import Arrays

/// What the samples of one picture say besides its mean.
package struct PosteriorFacts: Equatable, Sendable {
    package let samples: Int
    /// The root mean square of the deviations of all pixels.
    package let deviation: Double
    /// How many independent samples the chains are worth.
    package let effectiveSamples: Double
    /// R̂; 1 where chains have mixed.
    package let scaleReduction: Double

    package init(
        samples: Int, deviation: Double, effectiveSamples: Double, scaleReduction: Double
    ) {
        self.samples = samples
        self.deviation = deviation
        self.effectiveSamples = effectiveSamples
        self.scaleReduction = scaleReduction
    }

    /// As it stands in `result.json`.
    var json: JSONValue {
        JSONValue([
            "samples": JSONValue(samples), "std": JSONValue(deviation),
            "effective_samples": JSONValue(effectiveSamples),
            "scale_reduction": JSONValue(scaleReduction),
        ])
    }

    /// In words.
    var text: String {
        "\(samples) samples, \u{B1}\(deviation.significant(2)) a pixel, worth "
            + "\(effectiveSamples.fixed(0)) independent ones (R\u{302} \(scaleReduction.fixed(2)))"
    }
}
