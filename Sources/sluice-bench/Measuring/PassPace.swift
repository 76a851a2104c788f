import Models
import Physics
import Solvers
import Tensors

/// Iterations of MAP and the passes that they are made of, in turn.
struct PassPace {
    private let flow: Flow
    private let forward: any ForwardOperator
    private let space: PassesResult.Space
    private let count: Int
    private let problem: Problem
    private let latents: Tensor
    private let pictures: Tensor

    /// - Throws: `TorchError` when memory is short.
    init(
        flow: Flow, forward: any ForwardOperator, space: PassesResult.Space, batch: Int, count: Int
    ) throws {
        self.flow = flow
        self.forward = forward
        self.space = space
        self.count = count
        var stream = RandomStreams(seed: 0)["measurement"]
        pictures = try stream.uniform([batch] + flow.imageShape)
        latents = try stream.normal([batch, flow.dimensions])
        problem = Problem(
            measurement: try forward.apply(pictures), forward: forward,
            noise: try GaussianNoise(std: 0.05))
    }

    /// The median seconds of an iteration and of each pass.
    ///
    /// - Throws: `TorchError`.
    func turn() throws -> PassesResult.Turn {
        try PassesResult.Turn(
            iteration: iteration(), flow: median(flowPass), operator: median(operatorPass))
    }

    private func iteration() throws -> Double {
        let settings = MAP.Settings(
            steps: count + BenchResult.warmUp + 1, learningRate: 0.02,
            space: space == .latent ? .latent : .image, optimizer: .adam,
            start: space == .latent ? .zero : .observation)
        let solver = try MAP(prior: flow, settings: settings, streams: RandomStreams(seed: 0))
        var ends: [Double] = []
        _ = try solver.solve(problem) { ends.append($0.seconds) }
        let times = zip(ends.dropFirst(), ends).map { $0 - $1 }
        return Self.median(Array(times.dropFirst(BenchResult.warmUp)))
    }

    private func flowPass() throws {
        let leaf = try (space == .latent ? latents : pictures).leaf()
        let total = try withGradient {
            guard space == .latent else { return try flow.logDensity(leaf).sum() }
            let mapped = try flow.decode(leaf)
            return try mapped.value.sum() + mapped.logDeterminant.sum()
        }
        _ = try total.gradients(of: [leaf])
    }

    private func operatorPass() throws {
        let leaf = try pictures.leaf()
        let total = try withGradient { try forward.apply(leaf).sum() }
        _ = try total.gradients(of: [leaf])
    }

    private func median(_ body: () throws -> Void) throws -> Double {
        let clock = ContinuousClock()
        for _ in 0..<BenchResult.warmUp { try body() }
        return Self.median(try (0..<count).map { _ in try clock.measure(body) / .seconds(1) })
    }

    private static func median(_ times: [Double]) -> Double {
        let sorted = times.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
