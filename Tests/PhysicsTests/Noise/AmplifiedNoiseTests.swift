import Physics
import TensorSupport
import Tensors
import Testing

/// What is stronger by a factor, and of the same shape.
@Suite(.timeLimit(.minutes(20))) struct AmplifiedNoiseTests {
    private func noises() throws -> [any AmplifiedNoise] {
        [
            try GaussianNoise(std: 0.1), try SineNoise(amplitude: 0.1, period: 5, floor: 1e-9),
            try SineNoise(amplitude: 0.1, period: 7, axis: .columns, floor: 1e-9),
            try SineNoise(amplitude: 0.1, axis: .measurements, floor: 1e-9),
            try RadialNoise(amplitude: 0.1, decay: 0.02, floor: 1e-9, center: (2, 3)),
        ]
    }

    private func checkScale(_ noise: any AmplifiedNoise, _ stronger: any AmplifiedNoise) throws {
        let y = try Tensor.zeros([1, 2, 9, 8], .float64)
        func map(_ noise: any AmplifiedNoise) throws -> Tensor {
            try noise.standardDeviation(of: y).expanded(to: y.shape)
        }
        let factor = stronger.amplitude / noise.amplitude
        try expectClose(
            map(stronger), map(noise) * factor, tolerance: Tolerance(absolute: 1e-7, relative: 1e-9)
        )
    }

    @Test func `amplified noise keeps its shape`() throws {
        for noise in try noises() {
            let stronger = try noise.amplified(to: 0.4)
            #expect(stronger.amplitude == 0.4)
            try checkScale(noise, stronger)
        }
    }

    @Test func `the law notices another shape`() throws {
        let other = try SineNoise(amplitude: 0.4, period: 6, floor: 1e-9)
        withKnownIssue { try checkScale(noises()[1], other) }
    }

    @Test func `a floor stays where it is`() throws {
        let noise = try SineNoise(amplitude: 0.1, period: 5, floor: 0.02).amplified(to: 0.4)
        let y = try Tensor.zeros([1, 1, 5, 1], .float64)
        #expect(try noise.standardDeviation(of: y).doubles().min() == 0.02)
    }

    @Test(arguments: [0, -1, Double.nan, .infinity])
    func `an amplitude is positive and finite`(_ amplitude: Double) throws {
        for noise in try noises() {
            #expect(throws: PhysicsError.self) { try noise.amplified(to: amplitude) }
        }
    }
}
