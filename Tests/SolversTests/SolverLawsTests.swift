import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(10))) struct SolverLawsTests {
    /// The ways that MAP can go.
    static let settings: [MAP.Settings] = [
        MAP.Settings(steps: 6),
        MAP.Settings(beta: 0.5, steps: 4, learningRate: 0.02, space: .latent, optimizer: .adam),
        MAP.Settings(steps: 4, space: .latent, optimizer: .adam, start: .random, restarts: 2),
        MAP.Settings(steps: 4, space: .latent, optimizer: .lbfgs, start: .observation),
        MAP.Settings(steps: 4, space: .image, optimizer: .lbfgs, restarts: 2),
        MAP.Settings(steps: 4, space: .image, optimizer: .adam, start: .zero),
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
