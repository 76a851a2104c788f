package import Models

/// Where a restored picture and what is left of its measurement stand among those that the model
/// knows.
///
/// A quantile is between 0 and 1, and about uniform for pictures and noise that are as expected;
/// below 0.005 and above 0.995 are odd, which one in a hundred of those is.
package struct Oddness: Sendable, Equatable {
    /// The share of known pictures that are less probable, restored from as much noise.
    package let prior: Double
    /// The share of known pictures whose latents are nearer to 0.
    package let latents: Double
    /// The share of known measurements that leave less; nil where nothing can be said.
    package let noise: Double?

    package init(prior: Double, latents: Double, noise: Double?) {
        self.prior = prior
        self.latents = latents
        self.noise = noise
    }

    /// How many of a hundred pictures as expected are said to be odd.
    private static let alarm = 0.01

    package var isPictureOdd: Bool { Self.tail(prior) < Self.alarm }

    package var isNoiseOdd: Bool { noise.map { Self.tail($0) < Self.alarm } ?? false }

    /// How many are as far out as `quantile`, on either side.
    static func tail(_ quantile: Double) -> Double { 2 * min(quantile, 1 - quantile) }

    /// What the owner of the picture should know.
    package var warnings: [String] {
        var warnings: [String] = []
        if isPictureOdd {
            let side = prior < 0.5 ? "less" : "more"
            warnings.append(
                "this picture does not look like what the model knows: it is \(side) probable than "
                    + "199 in 200 of its pictures; do not trust details of it")
        }
        if let noise, isNoiseOdd {
            warnings.append(
                "the noise is not what the job says: what was taken out is "
                    + (noise > 0.5 ? "more" : "less") + " than such noise leaves")
        }
        return warnings
    }
}

extension Oddness {
    /// Compares a picture with `reference`.
    ///
    /// Where its level is not known, it is compared with the level that suits it best, and is odd
    /// when it is odd to all.
    ///
    /// - Parameters:
    ///   - traits: of the restored picture.
    ///   - misfit: of its measurement; nil where nothing can be said.
    ///   - levels: how much noise there was.
    ///   - reference: what the model knows.
    package init(
        _ traits: PictureTraits, misfit: Misfit?, levels: NoiseLevels,
        in reference: PictureReference
    ) {
        let most = reference.levels[reference.levels.count - 1].std
        // Beyond the last level pictures are smoother still, nobody has measured by how much.
        let isOpen = levels.highest > most * 1.01
        let known = levels.steps(upTo: most).map { reference.level(at: $0) }
        let quantiles = known.map { level in
            let isLast = isOpen && level.std >= most
            let prior = level.logLikelihood.quantile(of: traits.logLikelihood)
            let latents = level.energy.quantile(of: traits.energy)
            return (isLast ? min(prior, 0.5) : prior, isLast ? max(latents, 0.5) : latents)
        }
        let best = quantiles.max { Self.tail($0.0) < Self.tail($1.0) }
        // Where noise is weaker than any that the reference was made with, what solvers leave is compared
        // with next to nothing: pixels between stripes would make every picture an alarm.
        let weakest = reference.levels.map(\.std).filter { $0 > 0 }.min() ?? .infinity
        let judged = levels.lowest > 0.5 * weakest ? misfit : nil
        let noises = judged.map { misfit in
            known.compactMap { level in
                level.misfit?.widened(by: misfit.deviation).quantile(of: misfit.excess)
            }
        }
        // Who sees less than every pixel may take any share of the noise for the picture.
        let noise = noises?.max { Self.tail($0) < Self.tail($1) }
        self.init(
            prior: best?.0 ?? 0.5, latents: best?.1 ?? 0.5,
            noise: levels.isOpen ? noise.map { max($0, 0.5) } : noise)
    }
}
