import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// Theorem 4.1 of Whang, Lei, Dimakis (2021) where everything is known in closed form.
///
/// Around a mode x* of the prior with −∇² log p ≥ μ, gradient descent from y = x* + δ ends at x̄ with
///
///     ‖x̄ − x*‖ ≤ ‖δ‖ / (μσ² + 1)
///
/// For a Gaussian prior μ = M = 1 / variance, and the two sides are equal. The step has to be below
/// 1 / (M + 1/σ²): the paper's 1 / M forgets the data term, and descent with it runs away.
@Suite(.timeLimit(.minutes(20))) struct DenoisingBoundTests {
    private static let deviation = 0.25
    private static let std = 0.1
    private static let curvature = 1 / (deviation * deviation)
    private static let mode = 0.4

    private let prior = Result {
        try TestFlows.gaussian(
            means: [Self.mode], deviations: [Self.deviation], height: 4, width: 4)
    }

    private func measurement() throws -> Tensor {
        var generator = Generator(seed: 2)
        let mode = try Tensor.full([2, 1, 4, 4], Self.mode, .float64)
        return try GaussianNoise(std: Self.std).sample(given: mode, from: &generator)
    }

    /// ‖x − x*‖ of every sample.
    private func distances(_ x: Tensor) throws -> [Double] {
        try (x - Self.mode).square().sumPerSample().sqrt().doubles()
    }

    private func bounds(_ y: Tensor) throws -> [Double] {
        try distances(y).map { $0 / (Self.curvature * Self.std * Self.std + 1) }
    }

    @Test(arguments: [MAP.Settings.Optimizer.lbfgs, .adam])
    func `MAP in image space ends at the bound`(_ optimizer: MAP.Settings.Optimizer) throws {
        let isAdam = optimizer == .adam
        let map = try MAP(
            prior: prior.get(),
            settings: MAP.Settings(
                beta: 1, steps: isAdam ? 3000 : 100, learningRate: isAdam ? 0.005 : nil,
                space: .image, optimizer: optimizer, start: .observation),
            streams: RandomStreams(seed: 1))
        let y = try measurement()
        let solution = try map.solve(
            Problem(measurement: y, forward: Identity(), noise: GaussianNoise(std: Self.std))
        ) { _ in }
        try expectClose(
            distances(solution.image), bounds(y),
            tolerance: Tolerance(relative: isAdam ? 5e-3 : 1e-6))
    }

    /// Gradient descent on the objective of image space.
    private func descent(step: Double, from y: Tensor) throws -> Tensor {
        let noise = try GaussianNoise(std: Self.std)
        let prior = try prior.get()
        var x = y
        for _ in 0..<400 {
            let leaf = try x.leaf()
            let objective = try withGradient {
                try -noise.logDensity(y, given: leaf) - prior.logDensity(leaf)
            }
            x = try x - objective.sum().gradients(of: [leaf])[0] * step
        }
        return try x.detached()
    }

    @Test func `gradient descent ends at the bound when its step is small enough`() throws {
        let y = try measurement()
        let smoothness = Self.curvature + 1 / (Self.std * Self.std)
        let end = try descent(step: 0.9 / smoothness, from: y)
        try expectClose(distances(end), bounds(y), tolerance: Tolerance(relative: 1e-6))
    }

    @Test func `the step that forgets the data term runs away`() throws {
        let y = try measurement()
        let end = try distances(descent(step: 1 / Self.curvature, from: y))
        #expect(zip(end, try bounds(y)).allSatisfy { !($0 <= 1000 * $1) })
    }
}
