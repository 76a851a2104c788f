import Physics
import PhysicsSupport
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct NoiseSumTests {
    /// Laplace noise that does not say what it is a mixture of.
    private struct Stranger: NoiseModel {
        let noise: LaplaceNoise
        var isAdditive: Bool { true }
        var character: NoiseCharacter { .heavyTailed }

        func validate(_ shape: [Int]) throws(PhysicsError) {}

        func logDensity(
            _ measurement: Tensor, given clean: Tensor
        ) throws(TorchError) -> Tensor { try noise.logDensity(measurement, given: clean) }

        func sample(
            given clean: Tensor, from generator: inout Generator
        ) throws(TorchError) -> Tensor { try noise.sample(given: clean, from: &generator) }

        func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
            try noise.deviation(of: measurement)
        }

        func softened(to floor: Double) -> any NoiseModel { noise.softened(to: floor) }
    }

    private func mixtures() throws -> [any NoiseModel] {
        [
            try LaplaceNoise(std: 0.2), try GaussianNoise(std: 0.3),
            try StudentTNoise(scale: 0.1, degreesOfFreedom: 6),
            try SineNoise(amplitude: 0.4, period: 3, floor: 0.1),
        ]
    }

    private func parts() throws -> [any NoiseModel] {
        try mixtures() + [Stranger(noise: LaplaceNoise(std: 0.1))]
    }

    @Test func `sums obey the laws`() throws {
        let clean = try randomImages(2, channels: 3, height: 4, width: 3)
        let stripes = try SineNoise(amplitude: 1, period: 3, floor: 0.1)
        for noise in [
            NoiseSum.of(try parts()), try GaussianLevels([0.2, 0.5]),
            try AmplifiedLevels(stripes, [0.2, 0.5]),
            try AmplifiedLevels(GaussianNoise(std: 1), [0.2, 0.5]),
        ] {
            let laws = NoiseModelLaws(noise, clean: clean)
            try laws.checkSamplesAreIndependent()
            try laws.checkGradient()
            try laws.checkStreams()
        }
        let alone = try clean.slice(0..<1, along: 0)
        try NoiseModelLaws(NoiseSum.of(parts()), clean: alone).checkMoments()
        try NoiseModelLaws(NoiseSum.of(parts()), clean: Tensor([0.1, 0.2], shape: [1, 1, 2, 1]))
            .checkIntegratesToOne()
    }

    @Test func `parts that are known element by element become one that takes the rest`() throws {
        let sum = try #require(NoiseSum.of(try parts()) as? NoiseSum)
        #expect(sum.first is MixedNoise)
        #expect(sum.others.count == 1)
        #expect(NoiseSum.of(try mixtures()) is MixedNoise)
        let gaussian = NoiseSum.of([try GaussianNoise(std: 1), try GaussianNoise(std: 2)])
        #expect(gaussian is GaussianSum)
        let alone = NoiseSum.of([try LaplaceNoise(std: 1)])
        #expect(alone is LaplaceNoise)
    }

    @Test func `with a picture for every part the density is the product`() throws {
        let sum = try #require(NoiseSum.of(try parts()) as? NoiseSum)
        let (y, clean) = (try randomImages(2, channels: 3), try randomImages(2, channels: 3) * 0.5)
        let pictures = [try y * 0.1]
        let zero = try y.filled(with: 0)
        let expected =
            try sum.first.logDensity(y - clean - pictures[0], given: zero)
            + sum.others[0].logDensity(pictures[0], given: zero)
        try expectClose(
            sum.logDensity(y, given: clean, pictures: pictures), expected, tolerance: .reference)
    }

    @Test func `a sum is no narrower than what it is softened to`() throws {
        let y = try randomImages(1, channels: 3)
        let noise = NoiseSum.of(try mixtures())
        let softened = try noise.softened(to: 0.5).deviation(of: y).expanded(to: y.shape).doubles()
        let original = try noise.deviation(of: y).expanded(to: y.shape).doubles()
        #expect(zip(softened, original).allSatisfy { $0 >= max($1, 0.5) })
    }

    @Test func `noise of single samples stays with them`() throws {
        let levels = try GaussianLevels([0.1, 0.2, 0.3])
        let y = try Tensor.zeros([1, 1, 2, 2], .float64)
        let sum = GaussianSum([levels, try GaussianNoise(std: 0.4)])
        for noise in [levels.softened(to: 0.01).selecting([2]), levels.selecting([2])] {
            try expectClose(noise.deviation(of: y).doubles(), [0.3], tolerance: .reference)
        }
        try expectClose(
            sum.selecting([2]).deviation(of: y).doubles(), [0.5], tolerance: .reference)
        #expect(throws: PhysicsError.self) { try GaussianLevels([0.1, 0]) }
        let stripes = try AmplifiedLevels(
            SineNoise(amplitude: 1, period: 3, axis: .columns), [0.1, 0.2, 0.3])
        let third = try SineNoise(amplitude: 0.3, period: 3, axis: .columns)
        for noise in [stripes.softened(to: 0.002).selecting([2]), stripes.selecting([2])] {
            try expectClose(
                noise.deviation(of: y).expanded(to: y.shape),
                third.softened(to: 0.001).deviation(of: y).expanded(to: y.shape),
                tolerance: Tolerance(absolute: 0.0011))
        }
        #expect(throws: PhysicsError.self) { try AmplifiedLevels(third, [0.1, .nan]) }
    }
}
