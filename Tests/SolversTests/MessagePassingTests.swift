import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// Where MAP begins when a random matrix has measured.
@Suite(.timeLimit(.minutes(20))) struct MessagePassingTests {
    /// Soft discs on a slope, `[2, 1, 24, 24]`.
    private func pictures() throws -> Tensor {
        let values = (0..<2 * 576).map { index -> Double in
            let (sample, row, column) = (index / 576, index / 24 % 24, index % 24)
            let distance = Double(
                (row - 9 - 4 * sample) * (row - 9) + (column - 12) * (column - 12))
            return 0.25 + 0.01 * Double(column) + (distance < 40 ? 0.4 : 0)
        }
        return try Tensor(values, shape: [2, 1, 24, 24])
    }

    /// What a run shows that does not move from its start.
    private func start(_ problem: Problem) throws -> Tensor {
        let prior = try TestFlows.gaussian(means: [0.5], deviations: [0.2], height: 24, width: 24)
        let settings = MAP.Settings(
            steps: 1, learningRate: 1e-9, space: .image, start: .observation)
        let map = try MAP(prior: prior, settings: settings, streams: RandomStreams(seed: 1))
        return try map.solve(problem) { _ in }.image
    }

    private func problem(_ count: Int, _ scaling: RandomMatrix.Scaling) throws -> Problem {
        let matrix = try RandomMatrix(
            measurements: count, inputShape: [1, 24, 24], scaling: scaling,
            from: Generator(seed: 3))
        let pictures = try pictures().converted(to: .float32)
        return Problem(
            measurement: try matrix.apply(pictures), forward: matrix,
            noise: try GaussianNoise(std: 0.001))
    }

    @Test(arguments: RandomMatrix.Scaling.allCases)
    func `it begins near the picture that was measured`(_ scaling: RandomMatrix.Scaling) throws {
        let problem = try problem(350, scaling)
        let error = try (start(problem) - pictures().converted(to: .float32)).square().mean()
            .item()
        #expect(error < 1e-3)
        // Without the passing of messages, Aᵀy is a picture of noise.
        let matrix = try #require(problem.forward as? RandomMatrix)
        let bound = matrix.normBound
        let adjoint = try matrix.adjoint(problem.measurement) * (1 / (bound * bound))
        let blurred = try (adjoint - pictures().converted(to: .float32)).square().mean().item()
        #expect(blurred > 20 * error)
    }

    @Test func `it begins there too when what is measured is scaled`() throws {
        let plain = try problem(350, .unit)
        let scaled = Problem(
            measurement: try plain.measurement * -0.25,
            forward: Composition.of([try Scale(0.5), plain.forward, try Scale(-0.5)]),
            noise: try GaussianNoise(std: 0.001))
        try expectClose(start(scaled), start(plain), tolerance: Tolerance(absolute: 2e-3))
    }

    @Test func `the way to the start is told of, and can be ended`() throws {
        struct Stop: Error {}
        let prior = try TestFlows.gaussian(means: [0.5], deviations: [0.2], height: 24, width: 24)
        let map = try MAP(
            prior: prior, settings: MAP.Settings(steps: 1), streams: RandomStreams(seed: 1))
        var told: [Int] = []
        #expect(throws: Stop.self) {
            try map.solve(problem(350, .unit)) { step in
                told.append(step.iteration)
                #expect(step.terms.isEmpty)
                #expect(step.draft.shape == [2, 1, 24, 24])
                if told.count == 4 { throw Stop() }
            }
        }
        #expect(told == [0, 0, 0, 0])
    }

    @Test func `a picture begins at the same place alone and among others`() throws {
        let problem = try problem(300, .unit)
        let both = try start(problem)
        let alone = try start(problem.selecting([1]))
        // Rounding differs with the processor, and the thresholds of BM3D make more of it.
        func distance(_ sample: Int) throws -> Double {
            let other = try both.slice(sample..<sample + 1, along: 0)
            return try (alone - other).square().mean().item().squareRoot()
        }
        #expect(try distance(1) < 5e-3)
        #expect(try distance(0) > 0.05)
    }
}
