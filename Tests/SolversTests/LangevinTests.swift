import Foundation
import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// A Gaussian prior and Gaussian noise have a posterior that is known.
///
///     precision = β / s² + a² / σ²,  mean = (β m / s² + a y / σ²) / precision
@Suite(.timeLimit(.minutes(20))) struct LangevinTests {
    static let means = [0.4, 0.6]
    static let deviations = [0.2, 0.3]
    static let side = 6

    private func langevin(_ settings: Langevin.Settings, seed: UInt64 = 1) throws -> Langevin {
        try Langevin(
            prior: TestFlows.gaussian(
                means: Self.means, deviations: Self.deviations, height: Self.side,
                width: Self.side),
            settings: settings, streams: RandomStreams(seed: seed))
    }

    private func problem(
        _ forward: any ForwardOperator, _ noise: any NoiseModel, count: Int = 1
    ) throws -> Problem {
        var generator = Generator(seed: 3)
        let truth = try randomImages(count, channels: 2, height: Self.side, width: Self.side)
        let y = try noise.sample(given: forward.apply(truth), from: &generator)
        return Problem(measurement: y, forward: forward, noise: noise)
    }

    /// Mean and deviation of every pixel where pixels are measured one by one with a gain.
    private func answer(
        _ y: Tensor, gain: Double, std: Double, beta: Double
    ) throws -> (mean: Tensor, deviation: Tensor) {
        var means: [Tensor] = []
        var deviations: [Tensor] = []
        for channel in 0..<2 {
            let prior = beta / (Self.deviations[channel] * Self.deviations[channel])
            let precision = prior + gain * gain / (std * std)
            let seen = try y.slice(channel..<channel + 1, along: 1)
            means.append(
                try (seen * (gain / (std * std)) + prior * Self.means[channel]) / precision)
            deviations.append(try seen.filled(with: 1 / precision.squareRoot()))
        }
        return (
            try .concatenated(means, along: 1), try .concatenated(deviations, along: 1).element(0)
        )
    }

    /// How far mean and variance are from the answer, in units of their Monte-Carlo errors, root mean
    /// square over the pixels.
    private func misses(
        _ posterior: Posterior, _ mean: Tensor,
        _ answer: (mean: Tensor, deviation: Tensor)
    ) throws -> (mean: Double, variance: Double) {
        let size = max(posterior.effectiveSamples, 1)
        let shift = try (mean - answer.mean.element(0)) / answer.deviation * size.squareRoot()
        let ratio = try (posterior.deviation / answer.deviation).square() - 1
        return (
            try shift.square().mean().item().squareRoot(),
            try (ratio * (size / 2).squareRoot()).square().mean().item().squareRoot()
        )
    }

    @Test(arguments: [MAP.Settings.Space.latent, .image], [1.0, 0.5])
    func `samples have the mean and the deviation of the closed form`(
        _ space: MAP.Settings.Space, _ beta: Double
    ) throws {
        let problem = try problem(Scale(0.8), GaussianNoise(std: 0.15))
        let solution = try langevin(
            .init(samples: 16, steps: 400, beta: beta, space: space)
        ).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        let answer = try answer(problem.measurement, gain: 0.8, std: 0.15, beta: beta)
        let misses = try misses(posterior, solution.image.element(0), answer)
        // One is what chance gives; the effective size is the worst of several.
        #expect(misses.mean < 2, "mean")
        #expect(misses.variance < 2, "variance")
        #expect(posterior.effectiveSamples > 200)
        #expect(posterior.scaleReduction < 1.1)
        #expect(solution.warnings.isEmpty)
    }

    /// A wrong answer is noticed: the law above fails for a posterior that is a third too narrow, and
    /// for the mean of the measurement.
    @Test func `a wrong posterior is noticed`() throws {
        let problem = try problem(Scale(0.8), GaussianNoise(std: 0.15))
        let solution = try langevin(.init(samples: 16, steps: 400)).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        let answer = try answer(problem.measurement, gain: 0.8, std: 0.15, beta: 1)
        let narrow = try misses(
            Posterior(
                samples: posterior.samples, deviation: posterior.deviation * (2.0 / 3),
                interval: posterior.interval, effectiveSamples: posterior.effectiveSamples,
                scaleReduction: 1),
            solution.image.element(0), answer)
        #expect(narrow.variance > 2)
        let shifted = try misses(
            posterior, (problem.measurement * (1 / 0.8)).element(0), answer)
        #expect(shifted.mean > 2)
        // β is a weight of the picture's density, not of the latents': the other answer is another.
        let other = try self.answer(problem.measurement, gain: 0.8, std: 0.15, beta: 0.2)
        #expect(try misses(posterior, solution.image.element(0), other).variance > 2)
    }

    /// How far the ends of intervals are from mean ± z · deviation on the scale, in units of the deviation.
    private func miss(
        _ posterior: Posterior, _ answer: (mean: Tensor, deviation: Tensor), z: Double
    ) throws -> Double {
        let half = try answer.deviation * z
        let mean = try answer.mean.element(0)
        let ends = try [mean - half, mean + half].enumerated().map { index, end in
            let found = try posterior.interval.element(index)
            return try ((found - end.clamped(0, 1)) / answer.deviation).square().mean().item()
        }
        return ((ends[0] + ends[1]) / 2).squareRoot()
    }

    @Test func `intervals have the ends of the closed form`() throws {
        let problem = try problem(Scale(0.8), GaussianNoise(std: 0.15))
        let solution = try langevin(.init(samples: 16, steps: 400)).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        let answer = try answer(problem.measurement, gain: 0.8, std: 0.15, beta: 1)
        #expect(try miss(posterior, answer, z: 1.645) < 0.15)
        // Those of 80 and of 95 % are others.
        #expect(try miss(posterior, answer, z: 1.282) > 0.2)
        #expect(try miss(posterior, answer, z: 1.96) > 0.2)
    }

    @Test func `intervals of 90 % hold nine of ten pixels that the prior has made`() throws {
        var random = Generator(seed: 5)
        let noise = try GaussianNoise(std: 0.2)
        let sampler = try langevin(.init(samples: 16, steps: 100))
        let truth = try Tensor.concatenated(
            try (0..<2).map { channel in
                try random.normal([6, 1, Self.side, Self.side], .float64, on: .cpu)
                    * Self.deviations[channel] + Self.means[channel]
            }, along: 1)
        let y = try noise.sample(given: truth, from: &random)
        let solution = try sampler.solve(
            Problem(measurement: y, forward: Identity(), noise: noise)
        ) { _ in }
        var within = 0
        for (place, posterior) in solution.posteriors.enumerated() {
            let ends = try posterior.interval.clamped(0, 1)
            let pixels = try truth.element(place).clamped(0, 1).floats()
            let (lower, upper) = (try ends.element(0).floats(), try ends.element(1).floats())
            within += pixels.indices.count {
                pixels[$0] >= lower[$0] - 0.002 && pixels[$0] <= upper[$0] + 0.002
            }
        }
        let share = Double(within) / Double(truth.count)
        #expect(share > 0.84 && share < 0.96, "\(share)")
    }

    @Test func `where pixels are mixed the covariance is that of the closed form`() throws {
        let (forward, std) = (Halving(), 0.1)
        let problem = try problem(forward, GaussianNoise(std: std))
        let solution = try langevin(.init(samples: 16, steps: 600)).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        let shape = [2, Self.side, Self.side]
        let pixels = shape.reduce(1, *)
        let zero = try Tensor.zeros([1] + shape, .float64)
        let rows = try jacobian(at: zero) { try forward.apply($0) }
        let prior = (0..<pixels).map { 1 / pow(Self.deviations[$0 * 2 / pixels], 2) }
        let means = (0..<pixels).map { Self.means[$0 * 2 / pixels] }
        let precision =
            try rows.transposed().matrixProduct(rows) * (1 / (std * std))
            + Tensor(prior, shape: [pixels]).diagonalMatrix()
        let right =
            try rows.transposed().matrixProduct(problem.measurement.reshaped(to: [-1, 1]))
            * (1 / (std * std)) + Tensor(zip(prior, means).map(*), shape: [pixels, 1])
        let mean = try precision.solve(right).reshaped(to: [1] + shape)
        let deviation = try precision.inverse().diagonal().sqrt().reshaped(to: shape)
        let misses = try misses(posterior, solution.image.element(0), (mean, deviation))
        #expect(misses.mean < 2)
        #expect(misses.variance < 2)
    }

    @Test func `exact measurements are kept by every sample`() throws {
        let problem = try problem(Identity(), NoNoise())
        let solution = try langevin(.init(samples: 3, steps: 20)).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        #expect(posterior.samples.shape == [3, 2, Self.side, Self.side])
        for sample in 0..<3 {
            try expectClose(
                posterior.samples.element(sample), problem.measurement.element(0),
                tolerance: .reference)
        }
        try expectClose(solution.image, problem.measurement, tolerance: .reference)
        // Of what is known there is no doubt.
        #expect(try posterior.deviation.largest().item() < 1e-12)
    }

    @Test func `samples that the steps cannot give are refused before anything is done`() throws {
        let problem = try problem(Identity(), GaussianNoise(std: 0.2))
        var steps = 0
        let error = #expect(throws: SolverError.self) {
            try langevin(.init(samples: 200, steps: 10)).solve(problem) { _ in steps += 1 }
        }
        #expect("\(String(describing: error))".contains("steps"))
        #expect(steps == 0)
    }

    @Test func `what is not known of the noise is found before samples are drawn`() throws {
        let problem = try problem(Identity(), GaussianNoise(std: 0.2))
        let unknown = Problem(
            measurement: problem.measurement, forward: Identity(), noise: UnknownGaussianNoise())
        let sampler = try langevin(.init(samples: 4, steps: 20))
        var (steps, scouted) = (0, 0)
        _ = try sampler.scout.solve(problem) { _ in scouted += 1 }
        let solution = try NoiseSearch(sampler).solve(unknown) { _ in steps += 1 }
        #expect(solution.posteriors.count == 1 && solution.findings.count == 1)
        #expect(steps == UnknownGaussianNoise().rounds * scouted + 20)
    }

    @Test func `of noise that is a sum, pictures and parts are drawn together`() throws {
        let noise = try NoiseSum.of([
            GaussianNoise(std: 0.1),
            FlowNoise(
                model: TestFlows.gaussian(
                    means: [0, 0], deviations: [0.1, 0.1], height: Self.side, width: Self.side),
                placement: .full, background: 0.01),
        ])
        #expect(noise is NoiseSum)
        let problem = try problem(Identity(), noise)
        let solution = try langevin(.init(samples: 8, steps: 60)).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        #expect(try posterior.samples.isAllFinite())
        // Both parts together are as wide as one Gaussian of √2 · 0.1.
        let answer = try answer(problem.measurement, gain: 1, std: 0.02.squareRoot(), beta: 1)
        let ratio = try (posterior.deviation / answer.deviation).mean().item()
        #expect(abs(ratio - 1) < 0.15, "\(ratio)")
    }

    @Test func `more samples than chains come from their ways`() throws {
        let problem = try problem(Identity(), GaussianNoise(std: 0.2))
        let solution = try langevin(.init(samples: 40, steps: 60)).solve(problem) { _ in }
        let posterior = try #require(solution.posteriors.first)
        #expect(posterior.samples.shape[0] == 40)
        // No two are alike.
        let values = try (0..<40).map { try posterior.samples.element($0).sum().item() }
        #expect(Set(values).count == 40)
    }

    @Test func `image space is refused where a logit holds chains still`() throws {
        let problem = Problem(
            measurement: try .full([1, 1, 8, 8], 0.5), forward: Identity(),
            noise: try GaussianNoise(std: 0.2))
        let sampler = try Langevin(
            prior: TestFlows.realNVP(), settings: .init(samples: 4, space: .image),
            streams: RandomStreams(seed: 1))
        let error = #expect(throws: SolverError.self) { try sampler.solve(problem) { _ in } }
        #expect(error?.description.contains("space: image") == true)
        #expect(error?.remedy.contains("space: latent") == true)
    }

    @Test func `where the measurement says everything there is nothing to mix`() throws {
        let problem = try problem(Identity(), NoNoise())
        let solution = try langevin(.init(samples: 4, steps: 20)).solve(problem) { _ in }
        #expect(solution.warnings.isEmpty)
        #expect(solution.posteriors.first?.scaleReduction == 1)
        try expectClose(solution.image, problem.measurement, tolerance: .exact)
    }

    @Test(arguments: [(3.04, "3.0"), (9.97, "10"), (10.86, "11")])
    func `what chains are worth is told as the report tells it`(
        _ size: Double, _ text: String
    ) throws {
        let one = try Tensor.full([16, 1, 2, 2], 0.5)
        let posterior = Posterior(
            samples: one, deviation: try one.element(0), interval: one, effectiveSamples: size,
            scaleReduction: 2)
        #expect(posterior.warning?.contains("worth \(text) independent samples") == true)
    }

    @Test func `chains that are too short say that they have not mixed`() throws {
        let problem = try problem(Halving(), GaussianNoise(std: 0.005))
        let solution = try langevin(.init(samples: 16, steps: 10)).solve(problem) { _ in }
        #expect(!solution.warnings.isEmpty)
    }

    @Test(arguments: [
        Langevin.Settings(samples: 1), .init(samples: 4, steps: 3), .init(samples: 2, steps: 15),
        .init(samples: 4, beta: 0),
        .init(samples: 4, beta: .nan),
    ])
    func `settings without sense are refused`(_ settings: Langevin.Settings) throws {
        let problem = try problem(Identity(), GaussianNoise(std: 0.2))
        let error = #expect(throws: SolverError.self) {
            try langevin(settings).solve(problem) { _ in }
        }
        #expect(error?.context == "langevin")
    }

    @Test(arguments: [
        Langevin.Settings(samples: 3, steps: 12), .init(samples: 3, steps: 12, space: .image),
    ])
    func `samplers obey the laws of solvers`(_ settings: Langevin.Settings) throws {
        let pictures = try randomImages(2, channels: 1)
        var generator = Generator(seed: 9)
        let noise = try SineNoise(amplitude: 0.3)
        let y = try noise.sample(given: pictures, from: &generator)
        let prior = try TestFlows.glow()
        try SolverLaws(
            make: { seed in
                try Langevin(
                    prior: prior, settings: settings, streams: RandomStreams(seed: seed))
            }, problem: Problem(measurement: y, forward: Identity(), noise: noise)
        ).check()
    }
}
