package import Tensors

/// The sum of independent noises that are Gaussian or mixtures of Gaussians.
///
///     log p(δ) = Σ log Σ wₖ N(δ; 0, σ² + vₖ)
///
/// The density of the sum itself, with nothing else to be found: where σ is small it is that of the
/// heavy tails, where it is large a wider Gaussian. Costs 24 Gaussians an element.
package struct MixedNoise: NoiseModel {
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

    private var parts: [any NoiseModel] {
        (gaussian.map { [$0 as any NoiseModel] } ?? []) + mixtures.map { $0 as any NoiseModel }
    }

    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { .heavyTailed }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        for part in parts { try part.validate(shape) }
    }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        let std = try gaussian?.standardDeviation(of: measurement)
        return try mixture.logDensities(measurement - clean, with: std).sumPerSample()
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        var sum = clean
        for part in parts { sum = try part.sample(given: sum, from: &generator) }
        return sum
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        var variance = try parts[0].deviation(of: measurement).square()
        for part in parts.dropFirst() {
            variance = try variance + part.deviation(of: measurement).square()
        }
        return try variance.sqrt()
    }

    package func softened(to floor: Double) -> any NoiseModel {
        NoiseSum.of(parts.map { $0.softened(to: floor) })
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        NoiseSum.of(parts.map { $0.selecting(samples) })
    }
}
