import Glibc
package import Tensors

/// Additive noise with the density exp(−|δ| / b) / 2b, b = std / √2: rare, large errors.
package struct LaplaceNoise: GaussianMixtureNoise {
    package let std: Double

    /// Noise with the standard deviation `std`.
    ///
    /// - Throws: `PhysicsError` when it is not positive.
    package init(std: Double) throws(PhysicsError) {
        self.std = try std.checkedAsDeviation("std", in: "Laplace noise")
    }

    private init(unchecked std: Double) {
        self.std = std
    }

    /// b.
    private var scale: Double { std / 2.0.squareRoot() }

    /// Gaussians whose variance has an exponential distribution of mean 2b².
    package var mixture: GaussianMixture {
        GaussianMixture(gamma: 1) { 2 * scale * scale * $0 }
    }

    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { .heavyTailed }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        let count = Double(measurement.shape.dropFirst().reduce(1, *))
        let distance = try (measurement - clean).magnitude().sumPerSample()
        return try distance / -scale - count * log(2 * scale)
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        // By inversion of the distribution; u = −½ would be infinitely far out.
        let u = try generator.uniform(clean.shape, .float64) - 0.5
        let tail = try (u.magnitude() * -2 + 1).clamped(1e-300, 1).log()
        let noise = try u.sign() * tail * -scale
        return try clean + noise.converted(to: clean.dataType()).moved(to: clean.device())
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try .full([1], std, measurement.dataType(), on: measurement.device())
    }

    package func softened(to floor: Double) -> any NoiseModel {
        LaplaceNoise(unchecked: max(std, floor))
    }
}
