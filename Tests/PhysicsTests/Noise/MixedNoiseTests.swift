import Glibc
import Physics
import PhysicsSupport
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct MixedNoiseTests {
    private static let distances = [0, 0.01, 0.05, 0.1, 0.2, 0.4]

    /// log p of every distance by itself.
    private func densities(_ noise: any NoiseModel) throws -> [Double] {
        let y = try Tensor(Self.distances, shape: [Self.distances.count, 1, 1, 1])
        return try noise.logDensity(y, given: y.filled(with: 0)).doubles()
    }

    @Test func `sums of known noises obey the laws`() throws {
        let sine = try SineNoise(amplitude: 0.5, period: 5, floor: 0.1)
        let noises = [
            MixedNoise(sine, [try LaplaceNoise(std: 0.2)]),
            MixedNoise(
                nil,
                [try LaplaceNoise(std: 0.2), try StudentTNoise(scale: 0.2, degreesOfFreedom: 6)]),
        ]
        let clean = try randomImages(2, channels: 3, height: 4, width: 3)
        for noise in noises {
            let laws = NoiseModelLaws(noise, clean: clean)
            try laws.checkSamplesAreIndependent()
            try laws.checkGradient()
            try laws.checkStreams()
            try laws.checkMoments()
            try NoiseModelLaws(noise, clean: Tensor([0.25, 0.5], shape: [1, 1, 2, 1]))
                .checkIntegratesToOne()
        }
    }

    @Test(arguments: [1.0, 2, 3, 6])
    func `with next to no Gaussian noise the density is that of the tails`(
        _ degreesOfFreedom: Double
    ) throws {
        let least = try GaussianNoise(std: 1e-4)
        let noises: [any NoiseModel] = [
            try LaplaceNoise(std: 0.1),
            try StudentTNoise(scale: 0.05, degreesOfFreedom: degreesOfFreedom),
        ]
        for noise in noises {
            try expectClose(
                densities(NoiseSum.of([noise, least])), densities(noise),
                tolerance: Tolerance(absolute: 0.02))
        }
    }

    /// ∫ exp(−|δ − n| / b) / 2b · N(n; 0, σ²) dn, by the trapezoidal rule.
    @Test func `the density of a sum is the convolution of those of its parts`() throws {
        let (b, std) = (0.1 / 2.0.squareRoot(), 0.05)
        let step = 0.0001
        let expected = Self.distances.map { distance in
            log(
                (-4000...4000).map { place in
                    let n = Double(place) * step
                    return exp(-abs(distance - n) / b - n * n / (2 * std * std)) / (2 * b)
                }.reduce(0, +) * step / (std * (2 * Double.pi).squareRoot()))
        }
        let sum = NoiseSum.of([try LaplaceNoise(std: 0.1), try GaussianNoise(std: std)])
        try expectClose(densities(sum), expected, tolerance: Tolerance(absolute: 0.01))
    }

    @Test func `mixtures of mixtures keep their variance`() throws {
        let sum = NoiseSum.of([
            try LaplaceNoise(std: 0.3), try StudentTNoise(scale: 0.2, degreesOfFreedom: 8),
        ])
        let y = try Tensor.zeros([1, 1, 1, 1], .float64)
        let points = (-4000...4000).map { Double($0) * 0.002 }
        let densities = try sum.logDensity(
            Tensor(points, shape: [points.count, 1, 1, 1]),
            given: Tensor.zeros([points.count, 1, 1, 1], .float64)
        ).exp().doubles()
        let variance = zip(points, densities).map { $0 * $0 * $1 }.reduce(0, +) * 0.002
        let expected = try sum.deviation(of: y).square().item()
        try expectClose(variance, expected, tolerance: Tolerance(relative: 0.01))
    }
}
