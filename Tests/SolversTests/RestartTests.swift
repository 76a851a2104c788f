import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// Runs from several starts: at the same time where they fit into a batch, else as many as do.
@Suite struct RestartTests {
    private static let steps = 6

    private func solved(
        _ problem: Problem, _ optimizer: MAP.Settings.Optimizer
    ) throws -> (solution: Solution, iterations: [Int]) {
        let settings = MAP.Settings(
            steps: Self.steps, learningRate: 0.02, space: .latent, optimizer: optimizer,
            start: .random, restarts: 3)
        let map = try MAP(
            prior: TestFlows.glow(), settings: settings, streams: RandomStreams(seed: 5))
        var iterations: [Int] = []
        let solution = try map.solve(problem) { step in
            #expect(step.draft.shape[0] == problem.pictures.count)
            #expect(step.terms.count == problem.pictures.count && step.iteration <= step.total)
            iterations.append(step.iteration)
        }
        return (solution, iterations)
    }

    @Test(arguments: [MAP.Settings.Optimizer.adam, .lbfgs])
    func `runs at the same time end where runs in portions end`(
        _ optimizer: MAP.Settings.Optimizer
    ) throws {
        let crowd = try Problem(
            measurement: randomImages(12), forward: Identity(), noise: GaussianNoise(std: 0.3))
        // 12 pictures of 3 runs are more than a batch holds, so that the third run comes later.
        let (apart, long) = try solved(crowd, optimizer)
        let (together, short) = try solved(crowd.selecting([4, 9]), optimizer)
        #expect(long.max() ?? 0 > Self.steps && short.max() ?? 0 <= Self.steps)
        for (place, picture) in [4, 9].enumerated() {
            let (a, b) = (together.terms[place].objective, apart.terms[picture].objective)
            #expect(abs(a - b) <= 1e-4 * abs(b), "picture \(picture)")
            try expectClose(
                together.image.slice(place..<place + 1, along: 0),
                apart.image.slice(picture..<picture + 1, along: 0),
                tolerance: Tolerance(absolute: 1e-3))
        }
    }
}
