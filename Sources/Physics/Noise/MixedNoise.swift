package import Tensors

/// The sum of independent noises that are Gaussian or mixtures of Gaussians.
///
///     log p(δ) = Σ log Σ wₖ N(δ; 0, σ² + vₖ)
///
/// The density of the sum itself, with nothing else to be found: where σ is small it is that of the
/// heavy tails, where it is large a wider Gaussian. Costs 24 Gaussians an element.
package struct MixedNoise: CompositeNoise {
    private let gaussian: (any GaussianNoiseModel)?
    private let mixtures: [any GaussianMixtureNoise]
    /// That of all `mixtures` together.
    private let mixture: GaussianMixture

    /// - Parameters:
    ///   - gaussian: the Gaussian part, nil when there is none.
    ///   - mixtures: one or more.
    package init(_ gaussian: (any GaussianNoiseModel)?, _ mixtures: [any GaussianMixtureNoise]) {
        precondition(!mixtures.isEmpty, "a sum has parts")
        self.gaussian = gaussian
        self.mixtures = mixtures
        mixture = mixtures.dropFirst().reduce(mixtures[0].mixture) { $0.added(to: $1.mixture) }
    }

    package var parts: [any NoiseModel] {
        (gaussian.map { [$0 as any NoiseModel] } ?? []) + mixtures.map { $0 as any NoiseModel }
    }

    package var character: NoiseCharacter { .heavyTailed }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        let std = try gaussian?.standardDeviation(of: measurement)
        return try mixture.logDensities(measurement - clean, with: std).sumPerSample()
    }

    package func softened(to floor: Double) -> any NoiseModel {
        NoiseSum.of(parts.map { $0.softened(to: floor) })
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        NoiseSum.of(parts.map { $0.selecting(samples) })
    }
}
