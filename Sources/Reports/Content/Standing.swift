/// Where a restored picture and what was left of its measurement stand among those that the model
/// knows; see `Docs/oddness.md`.
///
/// Quantiles are between 0 and 1.
package struct Standing: Equatable, Sendable {
    /// The share of known pictures that are less probable.
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

    /// In words.
    var text: String {
        let picture = "more probable than \(Self.percent(prior)) of what the model knows"
        guard let noise else { return picture }
        return picture + ", more left than of \(Self.percent(noise)) of such noise"
    }

    /// Quantiles at the ends are told as finely as they decide.
    private static func percent(_ quantile: Double) -> String {
        let hundredths = quantile * 100
        let isAtAnEnd = min(hundredths, 100 - hundredths) < 1
        return "\(hundredths.fixed(isAtAnEnd ? 2 : 0)) %"
    }
}
