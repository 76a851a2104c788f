import Models
import Physics
import Solvers
import Synchronization
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct MAPGuardTests {
    private func map(_ settings: MAP.Settings = MAP.Settings()) throws -> MAP {
        try MAP(prior: TestFlows.glow(), settings: settings, streams: RandomStreams(seed: 1))
    }

    @Test(arguments: [MAP.Settings.Optimizer.adam, .lbfgs], [MAP.Settings.Space.latent, .image])
    func `a picture that meets NaN goes back and leaves the others alone`(
        _ optimizer: MAP.Settings.Optimizer, _ space: MAP.Settings.Space
    ) throws {
        let prior = try TestFlows.gaussian(means: [0.5], deviations: [0.2], height: 8, width: 8)
        let map = try MAP(
            prior: prior,
            settings: MAP.Settings(
                steps: 20, learningRate: 0.02, space: space, optimizer: optimizer,
                start: .observation),
            streams: RandomStreams(seed: 1))
        // The second picture lies beyond the edge that the operator has.
        let y = try Tensor.concatenated(
            [randomImages(1) * 0.4 + 0.3, Tensor.full([1, 1, 8, 8], 0.95, .float64)], along: 0)
        let problem = try Problem(
            measurement: y, forward: Cliff(edge: 0.8), noise: GaussianNoise(std: 0.1))
        let solution = try map.solve(problem) { _ in }
        #expect(try solution.image.isAllFinite())
        #expect(solution.terms.allSatisfy { $0.objective.isFinite })
        #expect(solution.warnings.map(\.sample) == [1])
        let alone = try map.solve(problem.selecting([0])) { _ in }
        try expectClose(
            alone.image, solution.image.slice(0..<1, along: 0),
            tolerance: Tolerance(absolute: 1e-7))
    }

    /// The identity, but nothing is finite in the fast ways of computing.
    private struct Fickle: ForwardOperator {
        /// Whether it is not finite in the plain way either.
        let isHopeless: Bool

        func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }

        func apply(_ x: Tensor) throws(TorchError) -> Tensor {
            try FastPaths.areAvoided && !isHopeless ? x : x * .nan
        }
    }

    @Test(arguments: [MAP.Settings.Optimizer.adam, .lbfgs], [1, 3])
    func `what is not finite in a fast way is computed in the plain one, and said`(
        _ optimizer: MAP.Settings.Optimizer, _ count: Int
    ) throws {
        let map = try map(MAP.Settings(steps: 5, space: .latent, optimizer: optimizer))
        func solution(isHopeless: Bool) throws -> Solution {
            try map.solve(
                Problem(
                    measurement: randomImages(count), forward: Fickle(isHopeless: isHopeless),
                    noise: GaussianNoise(std: 0.1))
            ) { _ in }
        }
        let found = try solution(isHopeless: false)
        #expect(found.terms.allSatisfy { $0.objective.isFinite })
        #expect(found.warnings.map(\.sample) == Array(0..<count))
        #expect(found.warnings.allSatisfy { $0.description.contains("the plain one") })
        let lost = try solution(isHopeless: true)
        #expect(!lost.warnings.contains { $0.description.contains("the plain one") })
    }

    /// The identity of three pictures: the first is never finite, and the second, after a while, in
    /// the fast ways no longer.
    private final class Moody: ForwardOperator {
        private let count = Mutex(0)

        func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }

        func apply(_ x: Tensor) throws(TorchError) -> Tensor {
            let times = count.withLock { count in
                count += 1
                return count
            }
            guard x.shape[0] == 3 else { return x }
            let second = times > 12 && !FastPaths.areAvoided ? Double.nan : 1
            return try x * Tensor([Double.nan, second, 1], shape: [3, 1, 1, 1])
        }
    }

    @Test func `a hopeless picture does not keep its neighbours from the plain way`() throws {
        let map = try map(
            MAP.Settings(steps: 20, space: .latent, optimizer: .adam, start: .random))
        let problem = try Problem(
            measurement: randomImages(3), forward: Moody(), noise: GaussianNoise(std: 0.1))
        // In one lane.
        let found = try TorchProcess.withOneThread { try map.solve(problem) { _ in } }
        #expect(found.terms.map(\.objective.isFinite) == [false, true, true])
        let others = found.warnings.filter { $0.sample > 0 }
        #expect(others.map(\.sample) == [1])
        #expect(others.allSatisfy { $0.description.contains("the plain one") })
        #expect(found.warnings.contains { $0.sample == 0 })
    }

    @Test(arguments: [MAP.Settings.Space.latent, .image])
    func `noise far outside the model's range is no obstacle`(
        _ space: MAP.Settings.Space
    ) throws {
        for prior in try [TestFlows.glow(), TestFlows.realNVP()] {
            let map = try MAP(
                prior: prior, settings: MAP.Settings(steps: 10, space: space, start: .observation),
                streams: RandomStreams(seed: 1))
            var generator = Generator(seed: 2)
            let y = try generator.normal([2, 1, 8, 8], .float64) * 5
            let solution = try map.solve(
                Problem(measurement: y, forward: Identity(), noise: GaussianNoise(std: 5))
            ) { _ in }
            #expect(try solution.image.isAllFinite())
        }
    }

    @Test func `measurements that are not numbers are refused`() throws {
        let y = try Tensor.full([1, 1, 8, 8], .nan, .float64)
        let problem = try Problem(
            measurement: y, forward: Identity(), noise: GaussianNoise(std: 0.1))
        let error = #expect(throws: SolverError.self) { try map().solve(problem) { _ in } }
        #expect(error?.reason == .notFinite)
    }

    @Test func `a measurement of another shape is refused`() throws {
        let y = try Tensor.zeros([1, 3, 16, 16], .float64)
        let problem = try Problem(
            measurement: y, forward: Identity(), noise: GaussianNoise(std: 0.1))
        let error = #expect(throws: SolverError.self) { try map().solve(problem) { _ in } }
        #expect(
            error?.description == """
                map: the measurement has the shape [3, 16, 16], but the operator makes [1, 8, 8] \
                of the prior's pictures; check size, colour and operator
                """)
    }

    @Test func `settings out of range are refused`() throws {
        let problem = try Problem(
            measurement: randomImages(1), forward: Identity(), noise: GaussianNoise(std: 0.1))
        for settings in [
            MAP.Settings(beta: -1), MAP.Settings(beta: .nan), MAP.Settings(steps: 0),
            MAP.Settings(learningRate: 0), MAP.Settings(restarts: 0),
        ] {
            #expect(throws: SolverError.self) { try map(settings).plan(for: problem) }
        }
    }

    @Test func `what was measured for one space is not used in the other`() throws {
        let problem = try Problem(
            measurement: randomImages(1), forward: Identity(), noise: GaussianNoise(std: 0.1))
        for prior in try [TestFlows.glow(), TestFlows.realNVP()] {
            func plan(_ space: MAP.Settings.Space) throws -> MAP.Plan {
                let settings = MAP.Settings(space: space)
                return try MAP(prior: prior, settings: settings, streams: RandomStreams(seed: 1))
                    .plan(for: problem)
            }
            let best = try plan(.auto)
            #expect(best.jitter > 0)
            let other = try plan(best.space == .latent ? .image : .latent)
            #expect(other.jitter == 0 && other.space != best.space)
            #expect(try plan(best.space) == best)
        }
    }

    @Test func `more restarts never raise the objective`() throws {
        let problem = try Problem(
            measurement: randomImages(3), forward: Identity(), noise: GaussianNoise(std: 0.3))
        func objectives(_ restarts: Int) throws -> [Double] {
            let settings = MAP.Settings(
                steps: 5, learningRate: 0.02, space: .latent, optimizer: .adam, start: .random,
                restarts: restarts)
            return try map(settings).solve(problem) { _ in }.terms.map(\.objective)
        }
        let (one, three) = try (objectives(1), objectives(3))
        #expect(zip(one, three).allSatisfy { $0 >= $1 - 1e-9 })
        #expect(zip(one, three).contains { $0 > $1 })
    }
}

/// The identity up to an edge, beyond which there is NaN.
private struct Cliff: LinearOperator {
    let edge: Double
    let normBound = 1.0

    func outputShape(for shape: [Int]) -> [Int] { shape }

    func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let highest = try x.largest(over: [1, 2, 3], keepingAxes: true)
        return try x + (edge - highest).sqrt() * 0
    }

    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { y }
}
