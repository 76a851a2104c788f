import Glibc
package import Tensors

/// Additive noise of Student's t distribution: mostly small errors, and now and then a large one.
///
///     pΔ(δ) = Γ((ν + 1) / 2) / (Γ(ν / 2) √(νπ) s) · (1 + (δ / s)² / ν)^(−(ν + 1) / 2)
///
/// s is the scale and ν the degrees of freedom; the standard deviation is s √(ν / (ν − 2)).
package struct StudentTNoise: GaussianMixtureNoise {
    package let scale: Double
    package let degreesOfFreedom: Double
    /// The standard deviation where there is one: it stands for the width of the density.
    private let std: Double

    /// Noise with the given scale.
    ///
    /// - Throws: `PhysicsError` when a setting is not positive and finite.
    package init(scale: Double, degreesOfFreedom: Double) throws(PhysicsError) {
        let context = "Student-t noise"
        self.scale = try scale.checkedAsDeviation("scale", in: context)
        self.degreesOfFreedom = try degreesOfFreedom.checkedAsDeviation(
            "degrees_of_freedom", in: context)
        std = scale * Self.widening(degreesOfFreedom)
    }

    private init(std: Double, degreesOfFreedom: Double) {
        self.std = std
        self.degreesOfFreedom = degreesOfFreedom
        scale = std / Self.widening(degreesOfFreedom)
    }

    /// The standard deviation in scales, held near ν = 2, where it grows beyond all bounds and
    /// says nothing of the width any more.
    private static func widening(_ degreesOfFreedom: Double) -> Double {
        (degreesOfFreedom / max(degreesOfFreedom - 2, 1)).squareRoot()
    }

    /// Gaussians whose inverse variance has a χ² distribution.
    package var mixture: GaussianMixture {
        GaussianMixture(gamma: degreesOfFreedom / 2) { degreesOfFreedom * scale * scale / (2 * $0) }
    }

    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { .heavyTailed }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        let count = Double(measurement.shape.dropFirst().reduce(1, *))
        let square = try ((measurement - clean) / scale).square() / degreesOfFreedom
        let tails = try square.log1p().sumPerSample()
        return try tails * (-0.5 * (degreesOfFreedom + 1)) + count * logPeak
    }

    /// log pΔ(0) of one element.
    private var logPeak: Double {
        logGamma(0.5 * (degreesOfFreedom + 1)) - logGamma(0.5 * degreesOfFreedom)
            - 0.5 * log(degreesOfFreedom * .pi) - log(scale)
    }

    /// Bailey's polar method gives t for any ν.
    ///
    /// Bailey 1994, "Polar generation of random variates with the t-distribution".
    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        let logarithm = try (1 - generator.uniform(clean.shape, .float64)).log()
        let angle = try generator.uniform(clean.shape, .float64) * (2 * Double.pi)
        // Few degrees of freedom reach further than numbers do.
        let exponent = try (logarithm * (-2 / degreesOfFreedom)).clamped(0, 60)
        let radius = try (exponent.expm1() * degreesOfFreedom).sqrt()
        let noise = try radius * angle.cos() * scale
        return try clean + noise.converted(to: clean.dataType()).moved(to: clean.device())
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try .full([1], std, measurement.dataType(), on: measurement.device())
    }

    package func softened(to floor: Double) -> any NoiseModel {
        floor <= std ? self : StudentTNoise(std: floor, degreesOfFreedom: degreesOfFreedom)
    }
}

/// log |Γ(x)|.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}
