import Foundation
import Physics
import PhysicsSupport
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct StudentTNoiseTests {
    @Test(arguments: [
        // SciPy's stats.t.logpdf.
        (0.3, 3.0, 0.2, -0.510682513060255), (-1.5, 1, 0.05, -4.952502869903746),
        (0, 30, 0.4, -0.010979593504692908),
    ])
    func `the density is that of SciPy`(
        _ delta: Double, _ freedom: Double, _ scale: Double, _ expected: Double
    ) throws {
        let noise = try StudentTNoise(scale: scale, degreesOfFreedom: freedom)
        let y = try Tensor([delta], shape: [1, 1])
        let density = try noise.logDensity(y, given: y.filled(with: 0)).item()
        try expectClose(density, expected, tolerance: Tolerance(absolute: 1e-12))
    }

    // SciPy's stats.t.ppf(0.9): a tenth of the samples lies beyond, on either side.
    @Test(arguments: [(0.5, 10.270), (1, 3.0777), (3, 1.6377)])
    func `samples have the quantiles of the distribution`(
        _ freedom: Double, _ quantile: Double
    ) throws {
        let noise = try StudentTNoise(scale: 2, degreesOfFreedom: freedom)
        let count = 4000
        var generator = Generator(seed: 7)
        let drawn = try noise.sample(given: .zeros([count, 1], .float64), from: &generator)
            .doubles()
        #expect(drawn.allSatisfy { $0.isFinite })
        for side in [1.0, -1] {
            let share = Double(drawn.count { side * $0 > 2 * quantile }) / Double(count)
            #expect(abs(share - 0.1) < 6 * (0.09 / Double(count)).squareRoot())
        }
    }

    @Test func `settings out of range are refused`() {
        #expect(throws: PhysicsError.self) { try StudentTNoise(scale: 0, degreesOfFreedom: 3) }
        #expect(throws: PhysicsError.self) { try StudentTNoise(scale: 1, degreesOfFreedom: -1) }
    }
}
