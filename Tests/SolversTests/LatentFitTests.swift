import Foundation
import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// With a linear generator, fits of latents have answers that algebra finds.
@Suite(.timeLimit(.minutes(20))) struct LatentFitTests {
    static let shape = [2, 4, 4]

    private let generator: TestGenerators.Linear
    private let measurement: Tensor

    init() throws {
        generator = try TestGenerators.linear(Self.shape, latents: 5)
        measurement = try randomImages(2, channels: 2, height: 4, width: 4)
    }

    private func solve(
        _ method: LatentFit.Method, weight: Double? = nil, optimizer: MAP.Settings.Optimizer,
        forward: any LinearOperator = Identity(), noise: any NoiseModel = NoNoise()
    ) throws -> Solution {
        let settings = MAP.Settings(
            beta: weight, steps: optimizer == .lbfgs ? 200 : 4000,
            learningRate: optimizer == .lbfgs ? nil : 0.01, optimizer: optimizer)
        let solver = try LatentFit(
            method, generator: generator, settings: settings, streams: RandomStreams(seed: 1))
        let y = try withoutGradient { try forward.apply(measurement) }
        return try solver.solve(Problem(measurement: y, forward: forward, noise: noise)) { _ in }
    }

    /// (Mᵀ diag(w) M + λ I)⁻¹ Mᵀ diag(w) y with M = A G, as pictures.
    private func ridge(
        _ forward: any LinearOperator, weights: Tensor? = nil, lambda: Double
    ) throws -> Tensor {
        let rows = try jacobian(at: .zeros([1] + Self.shape, .float64)) { try forward.apply($0) }
        let matrix = try rows.matrixProduct(generator.matrix)
        let y = try forward.apply(measurement).reshaped(to: [2, -1]).transposed()
        let weighted = try weights.map { try matrix * $0.reshaped(to: [-1, 1]) } ?? matrix
        let normal =
            try weighted.transposed().matrixProduct(matrix) + Tensor.identity(5, .float64) * lambda
        let z = try normal.solve(weighted.transposed().matrixProduct(y))
        return try generator.generate(z.transposed())
    }

    @Test(arguments: [MAP.Settings.Optimizer.adam, .lbfgs])
    func `Bora with a linear generator is ridge regression`(
        _ optimizer: MAP.Settings.Optimizer
    ) throws {
        for forward in [Identity() as any LinearOperator, Halving()] {
            let solution = try solve(.bora, weight: 0.7, optimizer: optimizer, forward: forward)
            try expectClose(
                solution.image, ridge(forward, lambda: 0.7),
                tolerance: Tolerance(absolute: optimizer == .lbfgs ? 1e-6 : 2e-3))
            #expect(solution.logLikelihood == nil)
        }
    }

    @Test func `the squared norm of Asim is the penalty of Bora`() throws {
        let asim = try solve(.asim(isSquared: true), weight: 0.7, optimizer: .lbfgs)
        try expectClose(
            asim.image, ridge(Identity(), lambda: 0.7), tolerance: Tolerance(absolute: 1e-6))
    }

    @Test func `MLE weighs every pixel by its noise`() throws {
        let noise = try SineNoise(amplitude: 0.4, period: 4)
        let std = try noise.standardDeviation(of: measurement).expanded(to: measurement.shape)
        let weights = try std.element(0).square().reciprocal()
        let solution = try solve(.mle, optimizer: .lbfgs, noise: noise)
        try expectClose(
            solution.image, ridge(Identity(), weights: weights, lambda: 0),
            tolerance: Tolerance(absolute: 1e-5))
        try expectClose(
            solution.terms[1].data,
            -noise.logDensity(measurement, given: solution.image).doubles()[1],
            tolerance: .reference)
        #expect(solution.terms.allSatisfy { $0.prior == 0 })
    }

    @Test func `Asim shortens the latents by γ over twice the scale`() throws {
        // ‖r − s z‖² + γ ‖z‖ is least for z along r, (‖r‖ − γ / 2s) / s long.
        let flow = try TestFlows.gaussian(means: [0.4], deviations: [0.3], height: 4, width: 4)
        let y = try randomImages(2, height: 4, width: 4)
        let settings = MAP.Settings(beta: 0.2, steps: 200, optimizer: .lbfgs, start: .observation)
        let solver = try LatentFit(
            .asim(isSquared: false), generator: flow, settings: settings,
            streams: RandomStreams(seed: 1))
        let solution = try solver.solve(
            Problem(measurement: y, forward: Identity(), noise: NoNoise())
        ) { _ in }
        let rest = try y - 0.4
        let length = try rest.square().sumPerSample().sqrt().reshaped(to: [2, 1, 1, 1])
        let share = try 1 - length.reciprocal() * (0.2 / 0.6)
        let expected = try rest * share + 0.4
        try expectClose(solution.image, expected, tolerance: Tolerance(absolute: 1e-6))
        try expectClose(
            solution.logLikelihood ?? [], flow.logDensity(solution.image).doubles(),
            tolerance: .reference)
    }

    @Test func `a large γ leaves the most likely picture`() throws {
        let solution = try solve(.asim(isSquared: false), weight: 1000, optimizer: .lbfgs)
        try expectClose(
            solution.image, measurement.filled(with: 0), tolerance: Tolerance(absolute: 1e-6))
    }

    @Test func `Adam stops where nothing changes, every picture by itself`() throws {
        let solution = try solve(.bora, weight: 0.7, optimizer: .adam)
        #expect(solution.iterations.allSatisfy { $0 < 4000 })
        #expect(Set(solution.iterations).count == 2)
    }

    @Test func `the constants are those that the paper found for the nearest problem`() throws {
        func plan(_ method: LatentFit.Method, _ forward: any ForwardOperator) throws -> MAP.Plan {
            let y = try withoutGradient { try forward.apply(measurement) }
            return try LatentFit(method, generator: generator, streams: RandomStreams(seed: 1))
                .plan(for: Problem(measurement: y, forward: forward, noise: NoNoise()))
        }
        let asim = LatentFit.Method.asim(isSquared: false)
        let weights = [try plan(asim, Identity()), try plan(asim, Halving())].map(\.beta)
        #expect(weights == [2, 10])
        let penalties = [try plan(.bora, Identity()), try plan(.bora, Halving())].map(\.beta)
        #expect(penalties == [0.01, 0.001])
        let steps = [try plan(.mle, Identity()), try plan(asim, Identity())].map(\.steps)
        #expect(steps == [300, 150])
        let plain = try plan(asim, Identity())
        #expect(plain.learningRate == 0.02 && plain.start == .zero && plain.optimizer == .adam)
    }

    @Test func `MLE of a generator takes no noise for weaker than what the generator misses`()
        throws
    {
        let problem = Problem(measurement: measurement, forward: Identity(), noise: NoNoise())
        func plan(
            _ prior: any PictureGenerator, _ optimizer: MAP.Settings.Optimizer
        ) throws -> MAP.Plan {
            try LatentFit(
                .mle, generator: prior, settings: MAP.Settings(optimizer: optimizer),
                streams: RandomStreams(seed: 1)
            ).plan(for: problem)
        }
        #expect(try plan(generator, .auto).restingFloor == 0.1)
        // The paper's way for those who name it, and for flows, which make every picture.
        let flow = try TestFlows.gaussian(
            means: [0.4, 0.6], deviations: [0.2, 0.3], height: 4, width: 4)
        for plain in try [plan(generator, .adam), plan(flow, .auto)] {
            #expect(plain.softening == nil && plain.restingFloor == nil)
            #expect(plain.steps == 1000 && plain.learningRate == 0.02)
        }
    }

    @Test func `what the method or the generator cannot do is refused`() throws {
        let problem = Problem(measurement: measurement, forward: Identity(), noise: NoNoise())
        for settings in [
            MAP.Settings(space: .image), MAP.Settings(start: .observation),
            MAP.Settings(beta: -1), MAP.Settings(steps: 0),
        ] {
            let solver = try LatentFit(
                .bora, generator: generator, settings: settings, streams: RandomStreams(seed: 1))
            #expect(throws: SolverError.self) { try solver.plan(for: problem) }
        }
    }
}
