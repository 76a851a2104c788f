import Models
import Physics
import PhysicsSupport
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct NoiseSearchTests {
    private static let settings = MAP.Settings(steps: 8)

    private func search(_ seed: UInt64 = 1, size: Int = 8, channels: Int = 2) throws -> NoiseSearch
    {
        let prior = try TestFlows.gaussian(
            means: Array(repeating: 0.5, count: channels),
            deviations: Array(repeating: 0.004, count: channels), height: size, width: size)
        return NoiseSearch(
            try MAP(prior: prior, settings: Self.settings, streams: RandomStreams(seed: seed)))
    }

    private func patch(_ row: Int, _ column: Int, _ channel: Int) -> NoisePatch {
        NoisePatch(row: row, column: column, channel: channel)
    }

    /// Noise that lies somewhere in four cells of 4 × 4 pixels.
    private func unplaced() throws -> UnplacedFlowNoise {
        try UnplacedFlowNoise(
            FlowNoise(
                model: TestFlows.gaussian(means: [0.8], deviations: [0.1], height: 3, width: 3),
                placement: .patches([]), amplitude: 0.5),
            cell: 4, measurementShape: [2, 8, 8])
    }

    @Test func `a search obeys the laws of solvers`() throws {
        var generator = Generator(seed: 2)
        let clean = try Tensor.full([3, 2, 8, 8], 0.5, .float64)
        let y = try GaussianNoise(std: 0.1).sample(given: clean, from: &generator)
        try SolverLaws(
            make: { try search($0) },
            problem: Problem(measurement: y, forward: Identity(), noise: UnknownGaussianNoise())
        ).check()
    }

    @Test(arguments: [0.05, 0.1, 0.3])
    func `the strength of noise is found, picture by picture`(_ std: Double) throws {
        var generator = Generator(seed: 4)
        let clean = try Tensor.full([2, 2, 16, 16], 0.5, .float64)
        let noise = try GaussianLevels([std, std / 2])
        let y = try noise.sample(given: clean, from: &generator)
        let solution = try search(size: 16).solve(
            Problem(measurement: y, forward: Identity(), noise: UnknownGaussianNoise())
        ) { _ in }
        let found = solution.findings.map { finding in
            if case .deviation(let std) = finding { std } else { Double.nan }
        }
        try expectClose(found, [std, std / 2], tolerance: Tolerance(relative: 0.1))
    }

    @Test(arguments: [0.7, 0.4])
    func `the strength of noise is that of what is measured`(_ share: Double) throws {
        var generator = Generator(seed: 7)
        let kept = try generator.uniform([32 * 32]).doubles().map { $0 < share ? 1.0 : 0 }
        let mask = try Mask(kept + kept + kept, shape: [3, 32, 32])
        let clean = try generator.uniform([1, 3, 1, 1], .float64).expanded(to: [1, 3, 32, 32])
        let y = try GaussianNoise(std: 0.1).sample(given: clean, from: &generator)
        let problem = Problem(
            measurement: try mask.measuredPart(of: y), forward: mask,
            noise: UnknownGaussianNoise(measurementShape: [3, 32, 32]))
        let unknown = UnknownGaussianNoise(measurementShape: [3, 32, 32])
        let guess = try #require(try unknown.guess(problem) as? GaussianLevels)
        let found = try unknown.found(problem, given: mask.apply(clean)) as? GaussianLevels
        for levels in [guess, try #require(found)] {
            #expect(abs(levels.levels[0] / 0.1 - 1) < 0.25, "\(levels.levels)")
        }
    }

    @Test func `where hardly anything is measured the strength of noise has to be named`() throws {
        let mask = try Mask(
            (0..<256).map { $0 % 16 == 0 ? 1.0 : 0 }, shape: [1, 16, 16])
        let problem = Problem(
            measurement: try mask.measuredPart(of: .full([1, 1, 16, 16], 0.5, .float64)),
            forward: mask, noise: UnknownGaussianNoise(measurementShape: [1, 16, 16]))
        let unknown = UnknownGaussianNoise(measurementShape: [1, 16, 16])
        let error = #expect(throws: SolverError.self) { _ = try unknown.guess(problem) }
        #expect("\(String(describing: error))".contains("name its strength"))
    }

    @Test func `the first guess looks at details, not at what the picture shows`() throws {
        var generator = Generator(seed: 6)
        let ramp = try Tensor((0..<1024).map { Double($0 % 32) / 32 }, shape: [1, 1, 32, 32])
        let y = try GaussianNoise(std: 0.05).sample(given: ramp, from: &generator)
        let problem = Problem(
            measurement: y, forward: Identity(), noise: UnknownGaussianNoise())
        let guess = try UnknownGaussianNoise().guess(problem).deviation(of: y).item()
        try expectClose(guess, 0.05, tolerance: Tolerance(relative: 0.15))
        let constant = try UnknownGaussianNoise().guess(
            Problem(
                measurement: Tensor.full([1, 1, 8, 8], 0.3, .float64), forward: Identity(),
                noise: UnknownGaussianNoise())
        ).deviation(of: y).item()
        #expect(constant > 0)
    }

    @Test(arguments: [0.03, 0.1, 0.2])
    func `colours tell noise from what pictures show in all channels`(_ std: Double) throws {
        var generator = Generator(seed: 7)
        let gray = try generator.normal([2, 1, 64, 64], .float64) * 0.1 + 0.5
        let clean = try gray.expanded(to: [2, 3, 64, 64])
        let y = try GaussianNoise(std: std).sample(given: clean, from: &generator)
        let noise = UnknownGaussianNoise(measurementShape: [3, 64, 64])
        #expect(noise.rounds == 1)
        let problem = Problem(measurement: y, forward: Identity(), noise: noise)
        let levels = try noise.guess(problem).deviation(of: y).doubles()
        try expectClose(levels, [std, std], tolerance: Tolerance(relative: 0.05))
    }

    @Test func `noise that a picture keeps is not missing in its strength`() throws {
        var generator = Generator(seed: 8)
        let clean = try generator.normal([2, 1, 64, 64], .float64) * 0.06 + 0.5
        let y = try GaussianNoise(std: 0.1).sample(given: clean, from: &generator)
        let prior = try TestFlows.gaussian(
            means: [0.5], deviations: [0.06], height: 64, width: 64)
        let map = try MAP(
            prior: prior, settings: MAP.Settings(beta: 1, steps: 20, optimizer: .lbfgs),
            streams: RandomStreams(seed: 1))
        let solution = try NoiseSearch(map).solve(
            Problem(measurement: y, forward: Identity(), noise: UnknownGaussianNoise())
        ) { _ in }
        let found = solution.findings.map { finding in
            if case .deviation(let std) = finding { std } else { Double.nan }
        }
        try expectClose(found, [0.1, 0.1], tolerance: Tolerance(relative: 0.05))
    }

    @Test func `patches are seen beside the other channels`() throws {
        let places = [
            [patch(0, 1, 0), patch(2, 37, 1), patch(50, 4, 2), patch(52, 52, 0)],
            [patch(20, 4, 2), patch(1, 42, 2), patch(39, 0, 0), patch(32, 48, 1)],
        ]
        let noise = try FlowNoise(
            model: TestFlows.gaussian(means: [0.8], deviations: [0.1], height: 12, width: 12),
            placement: .patches(places), amplitude: 0.5)
        var generator = Generator(seed: 10)
        let gray = try generator.normal([2, 1, 64, 64], .float64) * 0.1 + 0.5
        let gains = try Tensor([1, 0.95, 0.9], shape: [1, 3, 1, 1])
        let y = try noise.sample(given: gray * gains, from: &generator)
        let unplaced = try UnplacedFlowNoise(noise, cell: 32, measurementShape: [3, 64, 64])
        #expect(unplaced.rounds == 1)
        let found = try unplaced.guess(
            Problem(measurement: y, forward: Identity(), noise: unplaced))
        #expect(unplaced.findings(of: found) == places.map { .patches($0) })
    }

    @Test func `patches are found by likelihood`() throws {
        let places = [
            [patch(0, 1, 0), patch(1, 4, 1), patch(4, 0, 1), patch(5, 5, 0)],
            [patch(1, 1, 1), patch(0, 5, 0), patch(5, 1, 0), patch(4, 4, 1)],
        ]
        let known = try FlowNoise(
            model: TestFlows.gaussian(means: [0.8], deviations: [0.1], height: 3, width: 3),
            placement: .patches(places), amplitude: 0.5)
        var generator = Generator(seed: 9)
        let clean = try Tensor.full([2, 2, 8, 8], 0.5, .float64)
        let y = try known.sample(given: clean, from: &generator)
        let solution = try search().solve(
            Problem(measurement: y, forward: Identity(), noise: unplaced())
        ) { _ in }
        #expect(solution.findings == places.map { .patches($0) })
    }

    @Test func `unplaced noise is noise as long as nobody searches`() throws {
        let clean = try randomImages(2, channels: 2, height: 8, width: 8)
        let laws = NoiseModelLaws(try unplaced(), clean: clean)
        try laws.checkSamplesAreIndependent()
        try laws.checkGradient()
        try laws.checkStreams()
        #expect(throws: PhysicsError.self) { try unplaced().validate([2, 8, 9]) }
    }

    @Test func `known noise goes to the solver as it is`() throws {
        let y = try randomImages(1, channels: 2, height: 8, width: 8)
        let problem = Problem(
            measurement: y, forward: Identity(), noise: try GaussianNoise(std: 0.1))
        let solution = try search().solve(problem) { _ in }
        #expect(solution.findings.isEmpty)
        try expectClose(
            solution.image, search().solver.solve(problem) { _ in }.image, tolerance: .exact)
    }
}
