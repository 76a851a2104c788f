import Models
import Solvers
import TensorSupport
import Tensors
import Testing

/// Where pictures stand, under a prior whose log p is known: that of D pixels N(0.5, 1).
@Suite struct OddnessTests {
    /// 2 (log p(mode) − log p(x)) is χ² with as many degrees of freedom as there are pixels.
    private static let size = 10

    private func flow() throws -> Flow {
        try TestFlows.gaussian(
            means: [0.5], deviations: [1], height: Self.size, width: Self.size)
    }

    private func traits(_ count: Int, seed: UInt64, of flow: Flow) throws -> [PictureTraits] {
        var generator = Generator(seed: seed)
        let noise = try generator.normal([count, 1, Self.size, Self.size])
        return try flow.traits(of: (noise + 0.5).converted(to: .float64))
    }

    private func reference(_ traits: [PictureTraits]) -> PictureReference {
        let level = PictureReference.Level(
            std: 0, logLikelihood: Spread(of: traits.map(\.logLikelihood)),
            energy: Spread(of: traits.map(\.energy)), misfit: nil)
        return PictureReference(weights: "", data: [:], levels: [level], software: "test")
    }

    private func oddness(_ logLikelihood: Double, in reference: PictureReference) -> Oddness {
        Oddness(
            PictureTraits(
                logLikelihood: logLikelihood, energy: reference.levels[0].energy.mean),
            misfit: nil, levels: NoiseLevels(lowest: 0, highest: 0), in: reference)
    }

    @Test func `the quantile is what the distribution of squares says`() throws {
        let flow = try flow()
        let reference = reference(try traits(2000, seed: 1, of: flow))
        let mode = try flow.traits(of: .full([1, 1, Self.size, Self.size], 0.5, .float64))[0]
        // Quantiles of χ² with 100 degrees of freedom; log p falls as χ² rises.
        for (square, share) in [(82.36, 0.10), (99.33, 0.50), (118.50, 0.90)] {
            let oddness = oddness(mode.logLikelihood - square / 2, in: reference)
            #expect(abs(oddness.prior - (1 - share)) < 0.03)
        }
    }

    @Test func `one in a hundred of the known pictures is odd, on either side`() throws {
        let flow = try flow()
        let reference = reference(try traits(2000, seed: 1, of: flow))
        try expectAlarms(of: reference, in: flow, isOdd: \.isPictureOdd)
    }

    private func expectAlarms(
        of reference: PictureReference, in flow: Flow, isOdd: (Oddness) -> Bool
    ) throws {
        let others = try traits(2000, seed: 2, of: flow).map {
            oddness($0.logLikelihood, in: reference)
        }
        let share = Double(others.count(where: isOdd)) / 2000
        #expect(share > 0.002 && share < 0.025)
        let spread = reference.levels[0].logLikelihood
        for side in [-4.0, 4] {
            #expect(isOdd(oddness(spread.mean + side * spread.deviation, in: reference)))
        }
    }

    @Test func `the law notices a test that looks at one side only`() throws {
        let flow = try flow()
        let reference = reference(try traits(2000, seed: 1, of: flow))
        withKnownIssue {
            try expectAlarms(of: reference, in: flow) { $0.prior < 0.01 }
        }
    }

    @Test func `the law notices the reference of another model`() throws {
        let flow = try flow()
        let other = try TestFlows.gaussian(
            means: [0.5], deviations: [0.5], height: Self.size, width: Self.size)
        let reference = reference(try traits(2000, seed: 1, of: other))
        let known = try traits(200, seed: 2, of: flow).map {
            oddness($0.logLikelihood, in: reference)
        }
        withKnownIssue {
            #expect(Double(known.count { $0.isPictureOdd }) / 200 < 0.025)
        }
    }

    @Test func `without a known level too probable is no alarm`() {
        let spread = Spread(mean: 0, deviation: 1, count: 100)
        let reference = PictureReference(
            weights: "", data: [:],
            levels: [.init(std: 0.1, logLikelihood: spread, energy: spread, misfit: spread)],
            software: "test")
        let traits = PictureTraits(logLikelihood: 9, energy: 0)
        let isOdd = [0.1, .infinity].map { highest in
            Oddness(
                traits, misfit: Misfit(excess: -9, deviation: 0),
                levels: NoiseLevels(lowest: 0.1, highest: highest), in: reference)
        }
        #expect(isOdd[0].isPictureOdd && isOdd[0].isNoiseOdd)
        #expect(!isOdd[1].isPictureOdd && !isOdd[1].isNoiseOdd)
    }

    @Test func `noise that is weaker somewhere than any that is known is not judged`() {
        let spread = Spread(mean: 0, deviation: 1, count: 100)
        let reference = PictureReference(
            weights: "", data: [:],
            levels: [0, 0.1].map {
                .init(std: $0, logLikelihood: spread, energy: spread, misfit: spread)
            }, software: "test")
        let noises = [0.1, 0.06, 0.04, 0.001].map { lowest in
            Oddness(
                PictureTraits(logLikelihood: 0, energy: 0), misfit: Misfit(excess: 9, deviation: 0),
                levels: NoiseLevels(lowest: lowest, highest: 0.1), in: reference
            ).noise
        }
        #expect(noises.map { $0 != nil } == [true, true, false, false])
    }

    @Test func `quantiles are those of Student's tables`() {
        // 0.975 with 10 degrees of freedom is at 2.228, 0.995 with 30 at 2.750.
        for (count, t, share) in [(11, 2.228, 0.975), (31, 2.750, 0.995)] {
            let width = (1 + 1 / Double(count)).squareRoot()
            let quantile = Spread(mean: 0, deviation: 1, count: count).quantile(of: t * width)
            #expect(abs(quantile - share) < 1e-4)
        }
    }
}
