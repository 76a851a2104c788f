import Foundation
import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// A Gaussian prior and Gaussian noise have one best picture, found by algebra.
///
///     (AᵀA / σ² + β / s²) x = Aᵀy / σ² + β m / s²
@Suite(.timeLimit(.minutes(20))) struct MAPClosedFormTests {
    static let means = [0.4, 0.6]
    static let deviations = [0.2, 0.3]
    static let beta = 0.7

    private func map(_ settings: MAP.Settings) throws -> MAP {
        try MAP(
            prior: TestFlows.gaussian(
                means: Self.means, deviations: Self.deviations, height: 4, width: 4),
            settings: settings, streams: RandomStreams(seed: 1))
    }

    private func answer(
        _ matrix: any LinearOperator, _ y: Tensor, _ noise: any GaussianNoiseModel
    ) throws -> Tensor {
        let zero = try Tensor.zeros([1, 2, 4, 4], .float64)
        let rows = try jacobian(at: zero) { try matrix.apply($0) }  // [m, 32]
        let std = try noise.standardDeviation(of: y).expanded(to: y.shape).element(0)
            .reshaped(to: [-1, 1])
        let weighted = try rows / std.square()
        let channel = (0..<32).map { $0 / 16 }
        let precision = channel.map { Self.beta / (Self.deviations[$0] * Self.deviations[$0]) }
        let mean = channel.map { Self.means[$0] }
        let normal =
            try rows.transposed().matrixProduct(weighted)
            + Tensor(precision, shape: [32]).diagonalMatrix()
        let pull = try Tensor(zip(precision, mean).map(*), shape: [32, 1])
        let solved = try (0..<y.shape[0]).map { sample in
            let right =
                try weighted.transposed()
                .matrixProduct(y.element(sample).reshaped(to: [-1, 1])) + pull
            return try normal.solve(right).reshaped(to: [2, 4, 4])
        }
        return try .stacked(solved)
    }

    private func expectAnswer(
        _ settings: MAP.Settings, _ matrix: any LinearOperator, _ noise: any GaussianNoiseModel,
        within tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var generator = Generator(seed: 3)
        let truth = try randomImages(2, channels: 2, height: 4, width: 4)
        let y = try noise.sample(given: matrix.apply(truth), from: &generator)
        let solution = try map(settings).solve(
            Problem(measurement: y, forward: matrix, noise: noise)
        ) { _ in }
        try expectClose(
            solution.image, answer(matrix, y, noise), tolerance: Tolerance(absolute: tolerance),
            "the restored picture", sourceLocation: sourceLocation)
    }

    @Test(arguments: [MAP.Settings.Space.latent, .image])
    func `L-BFGS finds the closed form`(_ space: MAP.Settings.Space) throws {
        let settings = MAP.Settings(
            beta: Self.beta, steps: 200, space: space, optimizer: .lbfgs)
        try expectAnswer(settings, Identity(), GaussianNoise(std: 0.1), within: 1e-6)
        try expectAnswer(settings, Scale(0.5), GaussianNoise(std: 0.1), within: 1e-6)
        try expectAnswer(settings, Halving(), GaussianNoise(std: 0.05), within: 1e-6)
        try expectAnswer(settings, Identity(), SineNoise(amplitude: 0.3), within: 1e-5)
    }

    @Test(arguments: [MAP.Settings.Space.latent, .image])
    func `Adam finds the closed form`(_ space: MAP.Settings.Space) throws {
        // With all of this said, nothing is added to the objective: no jitter, no softening.
        let settings = MAP.Settings(
            beta: Self.beta, steps: 3000, learningRate: 0.005, space: space, optimizer: .adam)
        try expectAnswer(settings, Identity(), GaussianNoise(std: 0.1), within: 2e-3)
        try expectAnswer(settings, Halving(), GaussianNoise(std: 0.05), within: 2e-3)
        try expectAnswer(settings, Identity(), SineNoise(amplitude: 0.3), within: 5e-3)
    }

    @Test func `a weak prior and no noise give back the measurement`() throws {
        let y = try randomImages(2, channels: 2, height: 4, width: 4)
        let solution = try map(MAP.Settings()).solve(
            Problem(measurement: y, forward: Identity(), noise: NoNoise())
        ) { _ in }
        try expectClose(solution.image, y, tolerance: Tolerance(absolute: 1e-3))
    }

    @Test func `terms are those of the definition`() throws {
        let y = try randomImages(1, channels: 2, height: 4, width: 4)
        let noise = try GaussianNoise(std: 0.1)
        let settings = MAP.Settings(beta: Self.beta, steps: 5)
        let solution = try map(settings).solve(
            Problem(measurement: y, forward: Identity(), noise: noise)
        ) { _ in }
        let x = solution.image
        let data = try -noise.logDensity(y, given: x).item()
        try expectClose(solution.terms[0].data, data, tolerance: .reference)
        let likelihood = try #require(solution.logLikelihood?.first)
        try expectClose(solution.terms[0].prior, -Self.beta * likelihood, tolerance: .reference)
        let centred = try (0..<2).map { channel in
            try x.slice(channel..<channel + 1, along: 1).doubles()
                .map { ($0 - Self.means[channel]) / Self.deviations[channel] }
        }
        let widths = Self.deviations.map { 16 * (log($0) + 0.5 * log(2 * Double.pi)) }
        let expected = -0.5 * centred.joined().map { $0 * $0 }.reduce(0, +) - widths.reduce(0, +)
        try expectClose(likelihood, expected, tolerance: Tolerance(relative: 1e-6))
    }
}
