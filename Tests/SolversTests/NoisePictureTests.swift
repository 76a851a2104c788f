import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// Sums of noises are solved with a picture for every part but the first.
@Suite(.timeLimit(.minutes(20))) struct NoisePictureTests {
    private static let means = [0.4, 0.6]
    private static let deviations = [0.2, 0.3]

    private func map(_ settings: MAP.Settings) throws -> MAP {
        try MAP(
            prior: TestFlows.gaussian(
                means: Self.means, deviations: Self.deviations, height: 4, width: 4),
            settings: settings, streams: RandomStreams(seed: 1))
    }

    /// Gaussian noise of σ = 0.1 and of a flow that is a Gaussian of mean 0.3 and σ = 0.15.
    private func noise() throws -> any NoiseModel {
        let flow = try FlowNoise(
            model: TestFlows.gaussian(
                means: [0.3, 0.3], deviations: [0.15, 0.15], height: 4, width: 4),
            placement: .full, on: .cpu, .float64)
        return NoiseSum.of([flow, try GaussianNoise(std: 0.1)])
    }

    /// x that is most likely when the noise has mean 0.3 and the variance of both together.
    private func answer(_ y: Tensor, beta: Double) throws -> Tensor {
        let variance = 0.1 * 0.1 + 0.15 * 0.15
        let channels = try (0..<2).map { channel in
            let prior = beta / (Self.deviations[channel] * Self.deviations[channel])
            let pull = prior * Self.means[channel]
            let data = try (y.slice(channel..<channel + 1, along: 1) - 0.3) / variance
            return try (data + pull) / (prior + 1 / variance)
        }
        return try .concatenated(channels, along: 1)
    }

    @Test(arguments: [MAP.Settings.Space.latent, .image])
    func `pictures and noise are found together`(_ space: MAP.Settings.Space) throws {
        let y = try randomImages(2, channels: 2, height: 4, width: 4)
        let problem = Problem(measurement: y, forward: Identity(), noise: try noise())
        let exact = try map(
            MAP.Settings(beta: 0.7, steps: 200, space: space, optimizer: .lbfgs)
        ).solve(problem) { _ in }
        try expectClose(exact.image, answer(y, beta: 0.7), tolerance: Tolerance(absolute: 1e-5))
        let adam = try map(
            MAP.Settings(
                beta: 0.7, steps: 3000, learningRate: 0.005, space: space, optimizer: .adam)
        ).solve(problem) { _ in }
        try expectClose(adam.image, answer(y, beta: 0.7), tolerance: Tolerance(absolute: 3e-3))
    }

    @Test func `sums obey the laws of solvers`() throws {
        let noise = NoiseSum.of([
            try LaplaceNoise(std: 0.1), try GaussianNoise(std: 0.05),
            try StudentTNoise(scale: 0.02, degreesOfFreedom: 3),
        ])
        let y = try randomImages(3, channels: 2, height: 4, width: 4)
        try SolverLaws(
            make: { seed in
                try MAP(
                    prior: TestFlows.gaussian(
                        means: Self.means, deviations: Self.deviations, height: 4, width: 4),
                    settings: MAP.Settings(steps: 12), streams: RandomStreams(seed: seed))
            }, problem: Problem(measurement: y, forward: Scale(0.5), noise: noise)
        ).check()
    }
}
