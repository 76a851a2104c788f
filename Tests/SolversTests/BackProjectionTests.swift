import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// Where MAP begins when only the signs of random sums are known.
@Suite(.timeLimit(.minutes(20))) struct BackProjectionTests {
    /// A soft disc on black, `[1, 1, 24, 24]`.
    private func picture() throws -> Tensor {
        let values = (0..<576).map { index -> Double in
            let (row, column) = (Double(index / 24) - 10, Double(index % 24) - 13)
            return row * row + column * column < 40 ? 0.9 : 0
        }
        return try Tensor(values, shape: [1, 1, 24, 24]).converted(to: .float32)
    }

    private func problem(_ picture: Tensor, size: Int = 24) throws -> Problem {
        let matrix = try RandomMatrix(
            measurements: 4000, inputShape: [1, size, size], from: Generator(seed: 3))
        let forward = Composition.of([matrix, Sign()])
        return Problem(
            measurement: try forward.apply(picture), forward: forward,
            noise: try GaussianNoise(std: 0.01))
    }

    /// The part of `picture` that no multiple of `other` explains.
    private func rest(_ picture: Tensor, beside other: Tensor) throws -> Double {
        let product = try (picture * other).sum().item()
        let squares = try picture.square().sum().item() * other.square().sum().item()
        return 1 - product * product / squares
    }

    @Test func `signs show the picture but for its brightness`() throws {
        let picture = try picture()
        let prior = try TestFlows.gaussian(means: [0.5], deviations: [0.2], height: 24, width: 24)
        let settings = MAP.Settings(
            steps: 1, learningRate: 1e-9, space: .image, start: .observation)
        let start = try MAP(prior: prior, settings: settings, streams: RandomStreams(seed: 1))
            .solve(problem(picture)) { _ in }.image
        let rest = try self.rest(picture, beside: start)
        #expect(rest < 0.1, "\(rest)")
        // What the prior alone would begin with.
        #expect(try self.rest(picture, beside: picture.filled(with: 0.5)) > 0.5)
    }

    @Test func `digits begin at what signs show, and once more at nothing`() throws {
        let map = try MAP(prior: TestFlows.realNVP(), streams: RandomStreams(seed: 1))
        let plan = try map.plan(for: problem(randomImages(1), size: 8))
        #expect(plan.start == .observation)
        #expect(plan.restarts == 2)
        #expect(plan.secondStart == .zero)
    }
}
