import Glibc
package import Tensors

/// Counting noise: what is measured is a number of events over what a white pixel has on average.
///
///     y = k / peak,  k ~ Poisson(λ),  λ = peak · f(x)
///     log p(y | f(x)) = Σ k log λ − λ − log Γ(k + 1) + log peak
///
/// It is a density over y: the sum over all counts, times their distance 1 / peak, is 1. It is not
/// additive. Optimisers leave λ > 0, where the density ends. Below a tenth of an event log λ
/// continues as its Taylor polynomial of degree 2, and below 0 events λ² / 2 · 100 is subtracted, so
/// that value and gradient are finite and continuous everywhere; exact measurements lie above.
package struct PoissonNoise: NoiseModel {
    /// The mean count of a white pixel.
    package let peak: Double
    /// Where the continuation begins, in events.
    package static let leastRate = 0.1

    /// - Throws: `PhysicsError` when the peak is not positive.
    package init(peak: Double) throws(PhysicsError) {
        self.peak = try peak.checkedAsDeviation("peak", in: "Poisson noise")
    }

    package var isAdditive: Bool { false }

    package var character: NoiseCharacter { .counting }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        // Large counts cancel: single precision would lose what remains.
        let rate = try clean.converted(to: .float64) * peak
        let counts = try measurement.converted(to: .float64).clamped(0, .infinity) * peak
        let inside = try rate.clamped(Self.leastRate, .infinity)
        let short = try (rate - inside) / Self.leastRate
        let logRate = try inside.log() + short - short.square() * 0.5
        let negative = try rate.clamped(-.infinity, 0) / Self.leastRate
        let terms = try counts * logRate - rate - negative.square() * 0.5
        let constant = try (counts + 1).logGamma() - log(peak)
        return try (terms - constant).sumPerSample().converted(to: clean.dataType())
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        let rates = try clean.doubles()
        let values = rates.map { PoissonDraw(mean: $0 * peak).next(using: &generator) / peak }
        return try Tensor(values, shape: clean.shape).converted(to: clean.dataType())
            .moved(to: clean.device())
    }

    /// √(k + 1) / peak: the variance of a count is its mean, of which the count is an estimate.
    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try (measurement.clamped(0, .infinity) * peak + 1).sqrt() / peak
    }

    package func softened(to floor: Double) -> any NoiseModel {
        floor * peak <= 1 ? self : FlooredNoise(GaussianWidth(self), floor: floor)
    }
}
