import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct ProximalGradientTests {
    private func problem() throws -> Problem {
        let pictures = try randomImages(3, channels: 1)
        var random = Generator(seed: 9)
        let scale = try Scale(0.8)
        let noise = try GaussianNoise(std: 0.1)
        return Problem(
            measurement: try noise.sample(given: scale.apply(pictures), from: &random),
            forward: scale, noise: noise)
    }

    /// A network for `problem` with weights that nobody has trained.
    private func network(_ proximal: ProximalSettings) throws -> UnfoldedModel {
        let store = ParameterStore(random: Generator(seed: 3), .float64)
        let settings = UnfoldedSettings(folds: 3, proximal: proximal)
        let model = try settings.model(imageShape: [1, 8, 8], in: store.root)
        return try model.frozen()
    }

    @Test func `trained networks obey the laws`() throws {
        let glow = Architecture.glow(.init(levels: 2, steps: 1, lastSteps: 1, hidden: 4))
        for proximal in [ProximalSettings.flow(glow), .resnet(.init(width: 4))] {
            let model = try network(proximal)
            try SolverLaws(make: { _ in ProximalGradient(.trained(model)) }, problem: problem())
                .check()
        }
    }

    @Test func `a flow that is plugged in obeys the laws`() throws {
        for flow in try [TestFlows.glow(), TestFlows.realNVP()] {
            try SolverLaws(
                make: { _ in
                    ProximalGradient(.repeated(flow, .init(steps: 4, step: 0.9, shrinkage: 0.2)))
                }, problem: problem()
            ).check()
        }
    }

    /// With the prior N(m, s²), a fold is m + (x + μ aᵀ(y − a x) − m) / (1 + λ), whatever s.
    @Test func `with a Gaussian prior the folds are those of the closed form`() throws {
        let (mean, step, shrinkage, factor) = (0.3, 0.7, 0.25, 0.8)
        let flow = try TestFlows.gaussian(
            means: [mean], deviations: [0.2], height: 8, width: 8
        ).frozenFlow()
        let problem = try problem()
        let found = try ProximalGradient(
            .repeated(flow, .init(steps: 3, step: step, shrinkage: shrinkage))
        ).solve(problem) { _ in }
        var x = try problem.measurement.filled(with: mean)
        for _ in 0..<3 {
            let near = try x + (problem.measurement - x * factor) * (step / factor)
            x = try (near - mean) / (1 + shrinkage) + mean
        }
        try expectClose(found.image, x, tolerance: Tolerance(absolute: 1e-6))
        let misfit = try (problem.measurement - x * factor).square().sumPerSample().doubles()
        try expectClose(
            found.terms.map(\.data), misfit, tolerance: Tolerance(relative: 1e-5), "misfit")
        #expect(found.iterations == [3, 3, 3])
    }

    /// A fold begins within [−1, 2], so that one that explodes does not carry the next along.
    @Test func `what no picture can be does not reach the next fold`() throws {
        let flow = try TestFlows.gaussian(
            means: [0.3], deviations: [0.2], height: 8, width: 8
        ).frozenFlow()
        let y = try problem().measurement.filled(with: 1000)
        let found = try ProximalGradient(
            .repeated(flow, .init(steps: 2, step: 0.5, shrinkage: 0))
        ).solve(Problem(measurement: y, forward: Identity(), noise: problem().noise)) { _ in }
        // From 2 half of the way to 1000; from where the first fold ended it would be more.
        try expectClose(
            found.image, y.filled(with: 501), tolerance: Tolerance(absolute: 1e-6))
    }

    @Test func `a fold that leads away from the measurement is left out, and that is said`() throws
    {
        // This one makes everything gray.
        let model = try network(.resnet(.init(width: 4)))
        try model.begin(with: .full([1, 1, 8, 8], 0.9, .float64))
        let forward = try Scale(2)
        // The first picture is right, so that every change is for the worse.
        let right = try model.first.expanded(to: [2, 1, 8, 8])
        let far = try problem().measurement.slice(0..<1, along: 0) * 40
        let y = try Tensor.concatenated([forward.apply(right), far], along: 0)
        let found = try ProximalGradient(.trained(model)).solve(
            Problem(measurement: y, forward: forward, noise: GaussianNoise(std: 0.1))
        ) { _ in }
        let unguarded = try withoutGradient {
            try UnfoldedNetwork(model, measuredBy: forward).pictures(of: y, .using)
        }
        let near = try found.image.slice(0..<2, along: 0)
        try expectClose(near, right, tolerance: Tolerance(absolute: 1e-9))
        withKnownIssue {
            try expectClose(
                unguarded.slice(0..<2, along: 0), right, tolerance: Tolerance(absolute: 1e-2))
        }
        // What a fold brings nearer is what the network makes of it.
        try expectClose(
            found.image.slice(2..<3, along: 0), unguarded.slice(2..<3, along: 0),
            tolerance: Tolerance(absolute: 1e-12))
        #expect(found.warnings.map(\.sample) == [0, 1])
        #expect(
            found.warnings.allSatisfy { $0.description.hasPrefix("1 of 3 folds were left out") })
    }

    @Test func `what a fold makes on the way is judged of flows alone`() throws {
        let store = ParameterStore(random: Generator(seed: 3), .float64)
        let settings = UnfoldedSettings(folds: 2, proximal: .resnet(.init(width: 4)), step: 1)
        let model = try settings.model(imageShape: [1, 8, 8], in: store.root)
        // It makes what is far from any measurement, and the step of the second forgets it.
        for (name, tensor) in store.tensors where name == "folds.0.step" {
            try tensor.overwrite(with: tensor.filled(with: 1e6))
        }
        let y = try problem().measurement
        let found = try ProximalGradient(.trained(model.frozen())).solve(
            Problem(measurement: y, forward: Identity(), noise: GaussianNoise(std: 0.1))
        ) { _ in }
        let whole = try withoutGradient {
            try UnfoldedNetwork(model.frozen(), measuredBy: Identity()).pictures(of: y, .using)
        }
        try expectClose(found.image, whole, tolerance: Tolerance(absolute: 1e-9))
        #expect(found.warnings.isEmpty)
    }

    @Test func `a fold that answers with no number is left out, and the others go on`() throws {
        let settings = UnfoldedSettings(folds: 3, proximal: .resnet(.init(width: 4)))
        func restored(isBlind: Bool) throws -> Solution {
            let store = ParameterStore(random: Generator(seed: 3), .float64)
            let model = try settings.model(imageShape: [1, 8, 8], in: store.root)
            for (name, tensor) in store.tensors
            where isBlind && name.hasPrefix("folds.1.") && !UnfoldedModel.isOfFold(name) {
                try tensor.overwrite(with: tensor.filled(with: .nan))
            }
            return try ProximalGradient(.trained(model.frozen())).solve(problem()) { _ in }
        }
        let found = try restored(isBlind: true)
        #expect(try found.image.isAllFinite())
        #expect(found.warnings.map(\.sample) == [0, 1, 2])
        #expect(
            found.warnings.allSatisfy { $0.description.hasPrefix("1 of 3 folds were left out") })
        #expect(try restored(isBlind: false).warnings.isEmpty)
    }

    @Test func `a picture whose square overflows takes no other with it`() throws {
        let model = try network(.resnet(.init(width: 4)))
        let y = try Tensor.concatenated(
            [
                problem().measurement.slice(0..<1, along: 0) * 1e200,
                problem().measurement.slice(1..<2, along: 0),
            ], along: 0)
        let found = try ProximalGradient(.trained(model)).solve(
            Problem(measurement: y, forward: Identity(), noise: GaussianNoise(std: 0.1))
        ) { _ in }
        #expect(try found.image.isAllFinite())
        #expect(found.warnings.map(\.sample) == [0])
    }

    @Test func `what was measured exactly is what it was measured to be`() throws {
        let model = try network(.resnet(.init(width: 4)))
        let kept = (0..<64).map { $0 % 3 == 0 ? 0.0 : 1 }
        let mask = try Mask(kept, shape: [1, 8, 8])
        let pictures = try problem().measurement
        func restored(_ noise: any NoiseModel) throws -> Tensor {
            let y = try mask.apply(pictures)
            let solution = try ProximalGradient(.trained(model)).solve(
                Problem(measurement: y, forward: mask, noise: noise)
            ) { _ in }
            return try mask.apply(solution.image) - y
        }
        #expect(try restored(NoNoise()).magnitude().largest().item() < 1e-12)
        #expect(try restored(GaussianNoise(std: 0.1)).magnitude().largest().item() > 1e-3)
    }

    @Test func `a last fold as eq. 12 is written ends with its step`() throws {
        var settings = UnfoldedSettings(folds: 2, proximal: .resnet(.init(width: 4)))
        func restored() throws -> Tensor {
            let store = ParameterStore(random: Generator(seed: 3), .float64)
            let model = try settings.model(imageShape: [1, 8, 8], in: store.root).frozen()
            return try ProximalGradient(.trained(model)).solve(problem()) { _ in }.image
        }
        let shrunk = try restored()
        settings.lastFold = .literal
        // A step of 1/a² reaches what was measured.
        try expectClose(
            restored(), problem().measurement / 0.8, tolerance: Tolerance(absolute: 1e-9))
        withKnownIssue {
            try expectClose(
                shrunk, problem().measurement / 0.8, tolerance: Tolerance(absolute: 1e-3))
        }
    }

    /// The identity, but nothing is finite in the fast ways of computing.
    private struct Fickle: LinearOperator {
        let isHopeless: Bool
        let normBound = 1.0

        func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }
        func apply(_ x: Tensor) throws(TorchError) -> Tensor {
            try FastPaths.areAvoided && !isHopeless ? x : x * .nan
        }
        func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { y }
    }

    @Test func `what is not finite in a fast way is computed in the plain one, and said`() throws {
        func solution(isHopeless: Bool) throws -> Solution {
            let fickle = Problem(
                measurement: try problem().measurement, forward: Fickle(isHopeless: isHopeless),
                noise: try GaussianNoise(std: 0.1))
            return try ProximalGradient(.repeated(TestFlows.glow(), .init(steps: 2)))
                .solve(fickle) { _ in }
        }
        let found = try solution(isHopeless: false)
        #expect(try found.image.isAllFinite())
        #expect(found.warnings.map(\.sample) == [0, 1, 2])
        #expect(found.warnings.allSatisfy { $0.description.contains("the plain one") })
        #expect(try solution(isHopeless: true).warnings.isEmpty)
    }

    /// The identity of three pictures: the first is never finite, and the second not in the fast ways.
    private struct Moody: LinearOperator {
        let normBound = 1.0

        func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }
        func apply(_ x: Tensor) throws(TorchError) -> Tensor {
            guard x.shape[0] == 3 else { return x }
            let second = FastPaths.areAvoided ? 1 : Double.nan
            return try x * Tensor([Double.nan, second, 1], shape: [3, 1, 1, 1])
        }
        func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { y }
    }

    @Test func `only pictures that the plain way mends are taken from it`() throws {
        func solution(_ forward: any LinearOperator) throws -> Solution {
            let moody = Problem(
                measurement: try problem().measurement, forward: forward,
                noise: try GaussianNoise(std: 0.1))
            return try ProximalGradient(.repeated(TestFlows.glow(), .init(steps: 2)))
                .solve(moody) { _ in }
        }
        let found = try solution(Moody())
        #expect(found.warnings.map(\.sample) == [1])
        #expect(found.terms.map(\.data.isFinite) == [false, true, true])
        #expect(try !found.image.element(0).isAllFinite())
        try expectClose(
            found.image.slice(1..<3, along: 0), solution(Identity()).image.slice(1..<3, along: 0),
            tolerance: Tolerance(absolute: 1e-6))
    }

    @Test func `an operator that is not linear is refused by name`() throws {
        let quantized = Problem(
            measurement: try problem().measurement, forward: try Quantize(bits: 3),
            noise: try GaussianNoise(std: 0.1))
        let flow = try TestFlows.glow()
        let error = #expect(throws: SolverError.self) {
            try ProximalGradient(.repeated(flow, .init())).solve(quantized) { _ in }
        }
        #expect(error?.context == "plug_and_play")
        #expect("\(String(describing: error))".contains("not linear"))
    }

    @Test(arguments: [(0, 1.0, 0.1), (2, -1, 0.1), (2, 1, -0.1), (2, .nan, 0.1)])
    func `settings that make no sense are refused`(
        _ steps: Int, _ step: Double, _ shrinkage: Double
    ) throws {
        let flow = try TestFlows.glow()
        #expect(throws: SolverError.self) {
            try ProximalGradient(
                .repeated(flow, .init(steps: steps, step: step, shrinkage: shrinkage))
            ).solve(problem()) { _ in }
        }
    }

    @Test func `a caveat is told with every picture`() throws {
        let model = try network(.resnet(.init(width: 4)))
        let solution = try ProximalGradient(.trained(model), caveat: "for another noise")
            .solve(problem()) { _ in }
        #expect(solution.warnings.map(\.sample) == [0, 1, 2])
        #expect(solution.warnings.allSatisfy { $0.description == "for another noise" })
    }
}
