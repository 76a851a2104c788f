import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct SolverLawsTests {
    /// The ways that MAP can go.
    static let settings: [MAP.Settings] = [
        MAP.Settings(steps: 6),
        MAP.Settings(beta: 0.5, steps: 4, learningRate: 0.02, space: .latent, optimizer: .adam),
        MAP.Settings(steps: 4, space: .latent, optimizer: .adam, start: .random, restarts: 2),
        MAP.Settings(steps: 4, space: .latent, optimizer: .lbfgs, start: .observation),
        MAP.Settings(steps: 4, space: .image, optimizer: .lbfgs, restarts: 2),
        MAP.Settings(steps: 4, space: .image, optimizer: .adam, start: .zero),
        MAP.Settings(steps: 6, findsBeta: true),
        MAP.Settings(steps: 6, space: .image, restarts: 2, findsBeta: true),
    ]

    private func problem(_ noise: some NoiseModel) throws -> Problem {
        let pictures = try randomImages(3, channels: 1)
        var generator = Generator(seed: 9)
        let scale = try Scale(0.8)
        let y = try noise.sample(given: scale.apply(pictures), from: &generator)
        return Problem(measurement: y, forward: scale, noise: noise)
    }

    @Test(arguments: settings)
    func `solvers obey the laws`(_ settings: MAP.Settings) throws {
        for prior in try [TestFlows.glow(), TestFlows.realNVP()] {
            try SolverLaws(
                make: { seed in
                    try MAP(prior: prior, settings: settings, streams: RandomStreams(seed: seed))
                }, problem: problem(SineNoise(amplitude: 0.3))
            ).check()
        }
    }

    /// The ways that fits of latents can go.
    static let fits: [(LatentFit.Method, MAP.Settings)] = [
        (.mle, MAP.Settings(steps: 5)),
        (.asim(isSquared: false), MAP.Settings(beta: 0.1, steps: 5, start: .random, restarts: 2)),
        (.asim(isSquared: true), MAP.Settings(beta: 0.1, steps: 4, optimizer: .lbfgs)),
        (.bora, MAP.Settings(steps: 5, start: .observation)),
    ]

    @Test(arguments: fits)
    func `fits of latents obey the laws`(
        _ method: LatentFit.Method, _ settings: MAP.Settings
    ) throws {
        for generator in try [TestFlows.glow() as any PictureGenerator, TestGenerators.vae()] {
            try SolverLaws(
                make: { seed in
                    try LatentFit(
                        method, generator: generator, settings: settings,
                        streams: RandomStreams(seed: seed))
                }, problem: problem(SineNoise(amplitude: 0.3))
            ).check()
        }
    }

    @Test(arguments: Lasso.Basis.allCases)
    func `LASSO obeys the laws`(_ basis: Lasso.Basis) throws {
        let pictures = try randomImages(3, channels: 2)
        let noise = try GaussianNoise(std: 0.05)
        var generator = Generator(seed: 9)
        let y = try noise.sample(given: Halving().apply(pictures), from: &generator)
        // The one in the middle is much brighter, and takes another number of iterations.
        let factors = try Tensor([1.0, 20, 0.1], shape: [3, 1, 1, 1])
        try SolverLaws(
            make: { _ in Lasso(imageShape: [2, 8, 8], settings: .init(lambda: 0.1, basis: basis)) },
            problem: Problem(measurement: y * factors, forward: Halving(), noise: noise)
        ).check()
    }

    @Test(arguments: [1, 3])
    func `BM3D obeys the laws`(_ channels: Int) throws {
        let noise = try GaussianNoise(std: 0.1)
        var generator = Generator(seed: 9)
        let y = try noise.sample(
            given: randomImages(3, channels: channels, height: 24, width: 31), from: &generator)
        for settings in [BM3D.Settings(), .init(std: 0.2, strength: 1.5)] {
            try SolverLaws(
                make: { _ in BM3D(settings: settings) },
                problem: Problem(measurement: y, forward: Identity(), noise: noise)
            ).check()
        }
    }

    @Test func `the laws notice a solver that takes NaN`() throws {
        let laws = SolverLaws(
            make: { _ in Averaging() }, problem: try problem(GaussianNoise(std: 0.3)))
        withKnownIssue { try laws.checkNotFinite() }
    }

    @Test func `random starts depend on the seed and on the picture`() throws {
        let prior = try TestFlows.glow()
        let settings = MAP.Settings(steps: 1, space: .latent, optimizer: .adam, start: .random)
        let problem = try problem(GaussianNoise(std: 0.3))
        func start(_ seed: UInt64, _ problem: Problem) throws -> [Double] {
            try MAP(prior: prior, settings: settings, streams: RandomStreams(seed: seed))
                .solve(problem) { _ in }.image.doubles()
        }
        #expect(try start(1, problem) != start(2, problem))
        let twice = try problem.selecting([0, 0])
        let renamed = Problem(
            measurement: twice.measurement, forward: twice.forward, noise: twice.noise)
        let found = try start(1, renamed)
        #expect(found.prefix(64) != found.suffix(64))
    }

    @Test func `the laws notice pictures that influence each other`() throws {
        let problem = try problem(GaussianNoise(std: 0.3))
        let laws = SolverLaws(make: { _ in Averaging() }, problem: problem)
        withKnownIssue { try laws.checkBatch() }
    }

    @Test func `the laws notice a checkpoint that is not obeyed`() throws {
        let problem = try problem(GaussianNoise(std: 0.3))
        let laws = SolverLaws(make: { _ in Averaging() }, problem: problem)
        withKnownIssue { try laws.checkThatCheckpointStops() }
        withKnownIssue { try laws.checkCheckpoints() }
    }
}

/// A solver that mixes the pictures and calls nobody.
private struct Averaging: Solver {
    func solve(_ problem: Problem, checkpoint: (Solution.Step) throws -> Void) throws -> Solution {
        let mean = try problem.measurement.mean(over: [0], keepingAxes: true)
        let count = problem.pictures.count
        return Solution(
            image: try problem.measurement * 0.5 + mean * 0.5,
            terms: Array(repeating: Solution.Terms(data: 0, prior: 0), count: count),
            logLikelihood: nil, iterations: Array(repeating: 0, count: count), warnings: [])
    }
}
