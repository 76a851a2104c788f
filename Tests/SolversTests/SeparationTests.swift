import Foundation
import Models
import Physics
import PhysicsSupport
import Solvers
import TensorSupport
import Tensors
import Testing

/// Gaussian pictures and Gaussian noise that are looked for together have one best pair.
///
/// It is found by algebra, pixel by pixel:
///
///     (y − x − n)² / 2σ² + β (x − m)² / 2s² + βₙ (n − μ)² / 2τ²
@Suite(.timeLimit(.minutes(20))) struct SeparationTests {
    private static let means = [0.4, 0.6]
    private static let deviations = [0.2, 0.3]
    private static let beta = 0.7
    /// μ, τ, σ and βₙ.
    private static let (mean, deviation, slack, weight) = (0.3, 0.15, 0.05, 0.4)

    private func map(_ settings: MAP.Settings) throws -> MAP {
        try MAP(
            prior: TestFlows.gaussian(
                means: Self.means, deviations: Self.deviations, height: 4, width: 4),
            settings: settings, streams: RandomStreams(seed: 1))
    }

    private func separation(_ variables: Separation.Variables) -> Separation {
        Separation(weight: Self.weight, slack: Self.slack, variables: variables)
    }

    private func full(_ variables: Separation.Variables) throws -> SeparatedNoise {
        let flow = try FlowNoise(
            model: TestFlows.gaussian(
                means: [Self.mean, Self.mean], deviations: [Self.deviation, Self.deviation],
                height: 4, width: 4),
            placement: .full, on: .cpu, .float64)
        return SeparatedNoise(flow, separation(variables))
    }

    /// Patches of 2 × 3 pixels in one channel, one sample with two of them, one with none.
    private func patched(_ variables: Separation.Variables) throws -> SeparatedNoise {
        let flow = try FlowNoise(
            model: TestFlows.gaussian(
                means: [Self.mean / 0.5], deviations: [Self.deviation / 0.5], height: 2, width: 3),
            placement: .patches(Self.patches), amplitude: 0.5, background: 0.08, on: .cpu, .float64)
        return SeparatedNoise(flow, separation(variables))
    }

    private static let patches = [
        [NoisePatch(row: 0, column: 1, channel: 0), NoisePatch(row: 2, column: 0, channel: 1)], [],
        [NoisePatch(row: 1, column: 1, channel: 1)],
    ]

    private static func isCovered(_ sample: Int, _ channel: Int, _ row: Int, _ column: Int) -> Bool
    {
        patches[sample].contains {
            $0.channel == channel && ($0.row..<$0.row + 2).contains(row)
                && ($0.column..<$0.column + 3).contains(column)
        }
    }

    /// x and n of every pixel; where there is no n, the noise is Gaussian of deviation 0.08.
    private func answer(
        _ y: Tensor, weight: Double = Self.weight, isCovered: (Int, Int, Int, Int) -> Bool
    ) throws -> (picture: [Double], noise: [Double]) {
        var picture: [Double] = []
        var noise: [Double] = []
        for (place, value) in try y.doubles().enumerated() {
            let (sample, channel, row, column) = (
                place / 32, place / 16 % 2, place / 4 % 4, place % 4
            )
            let (m, s) = (Self.means[channel], Self.deviations[channel])
            let prior = Self.beta / (s * s)
            guard isCovered(sample, channel, row, column) else {
                let data = 1 / (0.08 * 0.08)
                picture.append((value * data + m * prior) / (data + prior))
                noise.append(0)
                continue
            }
            // Without n, y − μ is the picture with the variance of both.
            let own = weight / (Self.deviation * Self.deviation)
            let data = 1 / (Self.slack * Self.slack + 1 / own)
            let x = ((value - Self.mean) * data + m * prior) / (data + prior)
            picture.append(x)
            let slack = 1 / (Self.slack * Self.slack)
            noise.append(((value - x) * slack + Self.mean * own) / (slack + own))
        }
        return (picture, noise)
    }

    private func solution(
        _ noise: SeparatedNoise, _ y: Tensor, _ space: MAP.Settings.Space = .image
    ) throws -> Solution {
        let settings = MAP.Settings(beta: Self.beta, steps: 200, space: space, optimizer: .lbfgs)
        return try map(settings).solve(
            Problem(measurement: y, forward: Identity(), noise: noise)
        ) { _ in }
    }

    @Test(arguments: [Separation.Variables.remainder, .latents])
    func `picture and noise are those of the closed form`(
        _ variables: Separation.Variables
    ) throws {
        let y = try randomImages(3, channels: 2, height: 4, width: 4)
        let expected = try answer(y) { _, _, _, _ in true }
        for space in [MAP.Settings.Space.image, .latent] {
            let found = try solution(full(variables), y, space)
            let tolerance = Tolerance(absolute: 1e-5)
            try expectClose(found.image.doubles(), expected.picture, tolerance: tolerance)
            let noise = try #require(found.noise)
            try expectClose(noise.doubles(), expected.noise, tolerance: tolerance)
        }
    }

    @Test func `the closed form notices another weight of the noise`() throws {
        let y = try randomImages(3, channels: 2, height: 4, width: 4)
        let wrong = try answer(y, weight: 1) { _, _, _, _ in true }
        let found = try solution(full(.remainder), y)
        withKnownIssue {
            try expectClose(
                found.image.doubles(), wrong.picture, tolerance: Tolerance(absolute: 1e-3))
        }
    }

    @Test(arguments: [Separation.Variables.remainder, .latents])
    func `patches hold noise, and nothing is noise outside of them`(
        _ variables: Separation.Variables
    ) throws {
        let y = try randomImages(3, channels: 2, height: 4, width: 4)
        let expected = try answer(y, isCovered: Self.isCovered)
        let found = try solution(patched(variables), y)
        let tolerance = Tolerance(absolute: 1e-5)
        try expectClose(found.image.doubles(), expected.picture, tolerance: tolerance)
        let noise = try #require(found.noise)
        try expectClose(noise.doubles(), expected.noise, tolerance: tolerance)
    }

    @Test func `Adam with all that was planned comes near to the closed form`() throws {
        let y = try randomImages(3, channels: 2, height: 4, width: 4)
        let expected = try answer(y) { _, _, _, _ in true }
        for variables in [Separation.Variables.remainder, .latents] {
            let settings = MAP.Settings(beta: Self.beta, steps: 600)
            let found = try map(settings).solve(
                Problem(measurement: y, forward: Identity(), noise: full(variables))
            ) { _ in }
            let tolerance = Tolerance(absolute: 0.02)
            try expectClose(found.image.doubles(), expected.picture, tolerance: tolerance)
            let noise = try #require(found.noise)
            try expectClose(noise.doubles(), expected.noise, tolerance: tolerance)
        }
    }

    @Test(arguments: [Separation.Variables.remainder, .latents])
    func `separation obeys the laws of solvers`(_ variables: Separation.Variables) throws {
        let y = try randomImages(3, channels: 2, height: 4, width: 4)
        try SolverLaws(
            make: { seed in
                try MAP(
                    prior: TestFlows.gaussian(
                        means: Self.means, deviations: Self.deviations, height: 4, width: 4),
                    settings: MAP.Settings(steps: 12), streams: RandomStreams(seed: seed))
            }, problem: Problem(measurement: y, forward: Identity(), noise: patched(variables))
        ).check()
    }

    @Test func `separated noise obeys the laws of noise`() throws {
        let clean = try randomImages(3, channels: 2, height: 4, width: 4)
        let noise = try patched(.remainder)
        let laws = NoiseModelLaws(noise, clean: clean)
        try laws.checkSamplesAreIndependent()
        try laws.checkGradient()
        try laws.checkStreams()
        #expect(noise.character == .learned)
        #expect(try full(.latents).character == .learnedThroughout)
    }

    @Test func `a model says how probable noise in its patches is`() throws {
        let noise = try patched(.remainder).flow
        let y = try Tensor.full([3, 2, 4, 4], Self.mean + Self.deviation, .float64)
        let traits = try noise.traits(of: y, bits: 5)
        // One standard deviation from the mean in six pixels.
        let one = -6 * (0.5 + log(Self.deviation) + 0.5 * log(2 * .pi))
        #expect(traits[1] == nil)
        let (two, single) = (try #require(traits[0]), try #require(traits[2]))
        try expectClose(two.logDensity, 2 * one, tolerance: Tolerance(absolute: 1e-6))
        try expectClose(single.logDensity, one, tolerance: Tolerance(absolute: 1e-6))
        // Bits are those of the model's own pictures, which are twice as large.
        let bits = (0.5 + log(Self.deviation / 0.5) + 0.5 * log(2 * .pi)) / log(2) + 5
        try expectClose(two.bitsPerDim, bits, tolerance: Tolerance(absolute: 1e-6))
        try expectClose(single.bitsPerDim, bits, tolerance: Tolerance(absolute: 1e-6))
    }
}
