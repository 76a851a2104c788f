import Foundation
import Physics
import PhysicsSupport
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct PoissonNoiseTests {
    @Test(arguments: [
        // SciPy's stats.poisson.logpmf.
        (7.0, 5.5, -2.0919247153964378), (0, 2.25, -2.25), (130, 120, -3.758898780368895),
    ])
    func `the density is that of SciPy`(
        _ count: Double, _ mean: Double, _ expected: Double
    ) throws {
        let noise = try PoissonNoise(peak: 50)
        let density = try noise.logDensity(
            Tensor([count / 50], shape: [1, 1]), given: Tensor([mean / 50], shape: [1, 1])
        ).item()
        try expectClose(density, expected + log(50), tolerance: Tolerance(absolute: 1e-10))
    }

    @Test func `probabilities of all counts sum to 1`() throws {
        let clean = try Tensor([0.05, 0.5], shape: [1, 2])
        try NoiseModelLaws(PoissonNoise(peak: 10), clean: clean)
            .checkSumsToOne(step: 0.1, count: 60)
    }

    @Test func `the law notices counts of another size`() throws {
        let clean = try Tensor([0.05, 0.5], shape: [1, 2])
        withKnownIssue {
            try NoiseModelLaws(PoissonNoise(peak: 12), clean: clean)
                .checkSumsToOne(step: 0.1, count: 60)
        }
    }

    @Test func `near and below zero the density is smooth and draws back`() throws {
        let noise = try PoissonNoise(peak: 10)
        let values = [-1.0, -0.1, -0.005, 0.003, 0.0099, 0.0101, 0.02, 0.5]
        for count in [0.0, 1, 20] {
            let y = try Tensor.full([8, 1], count / 10, .float64)
            let clean = try Tensor(values, shape: [8, 1])
            try expectGradients(
                at: [clean], tolerance: Tolerance(absolute: 1e-3, relative: 1e-4),
                of: { inputs in try noise.logDensity(y, given: inputs[0]) })
            let densities = try noise.logDensity(y, given: clean).doubles()
            #expect(densities.allSatisfy { $0.isFinite })
            #expect(densities[0] < densities[1] && densities[1] < densities[3])
        }
    }

    @Test(arguments: [0.7, 9, 11, 400])
    func `counts are drawn as often as they should be`(_ mean: Double) throws {
        let count = 20000
        var generator = Generator(seed: 3)
        let peak = 1000.0
        let drawn = try PoissonNoise(peak: peak)
            .sample(given: .full([count, 1], mean / peak, .float64), from: &generator).doubles()
            .map { ($0 * peak).rounded() }
        // χ² over the counts that are expected at least ten times.
        var (total, classes) = (0.0, 0.0)
        for k in 0..<Int(2 * mean + 20) {
            let probability = exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1))
            let expected = probability * Double(count)
            guard expected >= 10 else { continue }
            let found = Double(drawn.count { $0 == Double(k) })
            total += (found - expected) * (found - expected) / expected
            classes += 1
        }
        #expect(total < classes + 6 * (2 * classes).squareRoot(), "χ² = \(total) of \(classes)")
    }

    @Test func `nothing is counted where there is no light`() throws {
        var generator = Generator(seed: 3)
        let dark = try Tensor([0.0, -0.5], shape: [1, 2])
        #expect(
            try PoissonNoise(peak: 9).sample(given: dark, from: &generator).doubles() == [0, 0])
        #expect(throws: PhysicsError.self) { try PoissonNoise(peak: 0) }
    }
}
