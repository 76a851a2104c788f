import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// MAP of pictures that are larger than those of its prior.
@Suite(.timeLimit(.minutes(20))) struct WindowedMAPTests {
    private static let shape = [2, 9, 12]
    private static let means = [0.4, 0.6]
    private static let deviations = [0.2, 0.3]

    private func map(_ settings: MAP.Settings, _ shape: [Int] = shape) throws -> MAP {
        try MAP(
            prior: TestFlows.gaussian(
                means: Self.means, deviations: Self.deviations, height: 4, width: 4),
            imageShape: shape, settings: settings, streams: RandomStreams(seed: 1))
    }

    private func problem(_ forward: any LinearOperator) throws -> Problem {
        var generator = Generator(seed: 3)
        let noise = try GaussianNoise(std: 0.1)
        let truth = try randomImages(
            2, channels: Self.shape[0], height: Self.shape[1], width: Self.shape[2])
        return Problem(
            measurement: try noise.sample(given: forward.apply(truth), from: &generator),
            forward: forward, noise: noise)
    }

    /// (AᵀA / σ² + β / s²) x = Aᵀy / σ² + β m / s², where one prior covers the whole picture.
    private func answer(_ problem: Problem, beta: Double) throws -> Tensor {
        let shape = Self.shape
        let count = shape.reduce(1, *)
        let rows = try jacobian(at: Tensor.zeros([1] + shape, .float64)) {
            try problem.forward.apply($0)
        }
        let channel = (0..<count).map { $0 / (shape[1] * shape[2]) }
        let precision = channel.map { beta / (Self.deviations[$0] * Self.deviations[$0]) }
        let pull = zip(precision, channel).map { $0 * Self.means[$1] }
        let weighted = try rows * 100
        let normal =
            try rows.transposed().matrixProduct(weighted)
            + Tensor(precision, shape: [count]).diagonalMatrix()
        let solved = try (0..<problem.measurement.shape[0]).map { sample in
            let y = try problem.measurement.element(sample).reshaped(to: [-1, 1])
            let right =
                try weighted.transposed().matrixProduct(y) + Tensor(pull, shape: [count, 1])
            return try normal.solve(right).reshaped(to: shape)
        }
        return try .stacked(solved)
    }

    private func expectAnswer(_ windows: Windows, _ forward: any LinearOperator) throws {
        // Steps that fall to 0 forget through which windows they were taken.
        let settings = MAP.Settings(beta: 0.7, steps: 800, windows: windows)
        let problem = try problem(forward)
        let solution = try map(settings).solve(problem) { _ in }
        let answer = try answer(problem, beta: 0.7)
        // Chance leads Adam past the end of some valleys, those of the border most.
        try expectClose(
            solution.image, answer, tolerance: Tolerance(absolute: 0.025), "the restored picture")
        let spread = try (solution.image - answer).square().mean().item().squareRoot()
        #expect(spread < 0.006)
    }

    @Test(arguments: [0, 1])
    func `a prior of single pixels gives the ridge solution of the whole picture`(
        _ overlap: Int
    ) throws {
        try expectAnswer(Windows(overlap: overlap), Identity())
        // So mild that Adam, led by chance, still comes to the end of every valley.
        let blur = try Blur(
            .gaussian(std: 0.5, size: 3), boundary: .reflect, height: Self.shape[1],
            width: Self.shape[2], on: .cpu)
        try expectAnswer(Windows(overlap: overlap), blur)
    }

    @Test func `the batch of windows does not change what is found`() throws {
        let problem = try problem(Identity())
        let found = try [1, 2, 16].map { batch in
            try map(MAP.Settings(steps: 20, windows: Windows(overlap: 1, batch: batch)))
                .solve(problem) { _ in }
        }
        for other in found.dropFirst() {
            try expectClose(
                other.image, found[0].image, tolerance: Tolerance(absolute: 1e-9))
            #expect(
                abs(other.terms[1].objective - found[0].terms[1].objective) < 1e-6)
        }
    }

    /// Ways to go through windows: every pixel measured, some of them, a blur, a sum of noises.
    private func problems() throws -> [Problem] {
        let pictures = try randomImages(3, channels: 1, height: 12, width: 10)
        var generator = Generator(seed: 9)
        let noise = try GaussianNoise(std: 0.1)
        let kept = (0..<120).map { $0 % 3 == 0 ? 0.0 : 1 }
        let learned = try FlowNoise(
            model: TestFlows.gaussian(means: [0.3], deviations: [0.1], height: 12, width: 10),
            placement: .full, on: .cpu, .float64)
        let blur = try Blur(
            .gaussian(std: 1, size: 5), boundary: .reflect, height: 12, width: 10, on: .cpu)
        let forwards: [any ForwardOperator] = [
            try Scale(0.8), try Mask(kept, shape: [1, 12, 10], on: .cpu), blur,
        ]
        var problems = try forwards.map { forward in
            Problem(
                measurement: try noise.sample(given: forward.apply(pictures), from: &generator),
                forward: forward, noise: noise)
        }
        problems.append(
            Problem(
                measurement: pictures, forward: Identity(), noise: NoiseSum.of([learned, noise])))
        return problems
    }

    @Test func `the laws of solvers hold through windows`() throws {
        for problem in try problems() {
            try SolverLaws(
                make: { seed in
                    try MAP(
                        prior: TestFlows.glow(), imageShape: [1, 12, 10],
                        settings: MAP.Settings(steps: 4, windows: Windows(overlap: 2, batch: 5)),
                        streams: RandomStreams(seed: seed))
                }, problem: problem
            ).check()
        }
    }

    @Test func `pictures of the prior's size are not seen through windows`() throws {
        let problem = try Problem(
            measurement: randomImages(1, channels: 2, height: 4, width: 4), forward: Identity(),
            noise: GaussianNoise(std: 0.1))
        let map = try map(MAP.Settings(steps: 3, space: .latent, optimizer: .lbfgs), [2, 4, 4])
        #expect(map.windowShape == nil)
        _ = try map.solve(problem) { _ in }
    }

    @Test func `as many windows are looked at together as memory has room for`() throws {
        func batch(_ windows: Windows, free: Int?) throws -> Int? {
            try MAP(
                prior: TestFlows.gaussian(
                    means: Self.means, deviations: Self.deviations, height: 4, width: 4),
                imageShape: Self.shape, settings: MAP.Settings(windows: windows),
                streams: RandomStreams(seed: 1), room: SampleRoom { free }
            ).windowBatch
        }
        let bytes = 2 * SampleRoom.bytes(numbers: 2 * 4 * 4)
        #expect(try batch(Windows(), free: nil) == 16)
        #expect(try batch(Windows(), free: 100 * bytes) == 16)
        #expect(try batch(Windows(), free: 5 * bytes) == 5)
        #expect(try batch(Windows(), free: 0) == 1)
        // What a job asks for is tried.
        #expect(try batch(Windows(batch: 7), free: 0) == 7)
        #expect(try map(MAP.Settings(), [2, 4, 4]).windowBatch == nil)
    }

    @Test func `what does not fit is refused`() throws {
        func reason(_ settings: MAP.Settings, _ shape: [Int] = Self.shape) throws
            -> SolverError.Reason?
        {
            let map = try map(settings, shape)
            let problem = try problem(Identity())
            return #expect(throws: SolverError.self) { try map.solve(problem) { _ in } }?.reason
        }
        for overlap in [-1, 4, 100] {
            let found = try reason(MAP.Settings(windows: Windows(overlap: overlap)))
            guard case .setting("windows.overlap", _, let expected) = found else {
                Issue.record("\(String(describing: found))")
                continue
            }
            #expect(expected.contains("0 to 3"))
        }
        for shape in [[2, 3, 12], [2, 9, 3], [1, 9, 12]] {
            #expect(
                try reason(MAP.Settings(), shape) == .pictureSize(shape, smallest: [2, 4, 4]))
        }
        for settings in [
            MAP.Settings(space: .latent), MAP.Settings(optimizer: .lbfgs),
            MAP.Settings(windows: Windows(batch: 0)),
        ] {
            #expect(try reason(settings) != nil)
        }
    }
}
