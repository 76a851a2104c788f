import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// What a solver knows of its pictures' latents is what their flow says of them.
@Suite struct KnownTraitsTests {
    private static let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)

    private func solution(
        _ settings: MAP.Settings, _ forward: any ForwardOperator, _ noise: some NoiseModel
    ) throws -> (Flow, Solution) {
        let flow = try TestFlows.glow()
        let problem = Problem(
            measurement: try forward.apply(randomImages(5)), forward: forward, noise: noise)
        let map = try MAP(prior: flow, settings: settings, streams: RandomStreams(seed: 5))
        return (flow, try map.solve(problem) { _ in })
    }

    @Test(arguments: [MAP.Settings.Optimizer.adam, .lbfgs], [1, 3])
    func `in latent space`(_ optimizer: MAP.Settings.Optimizer, _ restarts: Int) throws {
        let settings = MAP.Settings(
            steps: 6, learningRate: 0.02, space: .latent, optimizer: optimizer, start: .random,
            restarts: restarts)
        let (flow, solution) = try solution(settings, Identity(), GaussianNoise(std: 0.3))
        let energies = try #require(solution.energies)
        let densities = try #require(solution.logLikelihood)
        for (sample, traits) in try flow.traits(of: solution.image).enumerated() {
            try expectClose(
                energies[sample], traits.energy, tolerance: Self.tolerance, "energy \(sample)")
            try expectClose(
                densities[sample], traits.logLikelihood, tolerance: Self.tolerance,
                "log p \(sample)")
        }
    }

    @Test func `nothing is known of pictures into which something was written`() throws {
        let settings = MAP.Settings(steps: 2, learningRate: 0.02, space: .latent, optimizer: .adam)
        let (_, solution) = try solution(settings, Identity(), NoNoise())
        #expect(solution.energies == nil)
    }
}
