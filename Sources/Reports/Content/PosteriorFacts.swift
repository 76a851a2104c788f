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
    /// The share of the true pixels within the interval of 90 %; nil where the truth is not known.
    package let covered: Double?

    package init(
        samples: Int, deviation: Double, effectiveSamples: Double, scaleReduction: Double,
        covered: Double? = nil
    ) {
        self.samples = samples
        self.deviation = deviation
        self.effectiveSamples = effectiveSamples
        self.scaleReduction = scaleReduction
        self.covered = covered
    }

    /// As it stands in `result.json`.
    var json: JSONValue {
        var members = [
            JSONValue.Member(name: "samples", value: JSONValue(samples)),
            .init(name: "std", value: JSONValue(deviation)),
            .init(name: "effective_samples", value: JSONValue(effectiveSamples)),
            .init(name: "scale_reduction", value: JSONValue(scaleReduction)),
        ]
        if let covered {
            members.append(.init(name: "interval_covers", value: JSONValue(covered)))
        }
        return .object(members)
    }

    /// In words.
    var text: String {
        let covering = covered.map {
            "; \(($0 * 100).fixed(0)) % of the true pixels lie within their intervals of 90 %"
        }
        return "\(samples) samples, \u{B1}\(deviation.significant(2)) a pixel, worth "
            + "\(effectiveSamples.fixed(effectiveSamples < 9.95 ? 1 : 0)) independent ones (R\u{302} \(scaleReduction.fixed(2)))"
            + (covering ?? "")
    }
}
