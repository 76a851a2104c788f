import Models
import Physics
import Tensors

/// The chains of one picture, from their start to what they have seen.
struct PosteriorSampling {
    private let langevin: Langevin
    private let plan: Langevin.Plan
    /// Of one picture.
    private let problem: Problem
    /// Where chains begin, `[1, channel, height, width]`.
    private let center: Tensor
    /// Of chains, which share what they learn of each other, and so move at the same time: only
    /// their ways through the prior are one portion after the other.
    private let portions: Portions

    init(
        _ langevin: Langevin, _ plan: Langevin.Plan, _ problem: Problem, around center: Tensor,
        in portions: Portions
    ) {
        self.langevin = langevin
        self.plan = plan
        self.problem = problem
        self.center = center
        self.portions = portions
    }

    /// Runs all chains; `look` gets every step and the mean so far.
    ///
    /// - Throws: what `look` throws, `SolverError` or `TorchError`.
    func run(look: (Int, Tensor) throws -> Void) throws -> Posterior {
        let streams = langevin.map.streams
        var random = streams["posterior of picture \(problem.pictures[0])"]
        let wide = try problem.repeated(plan.chains)
        let plain = Objective(
            problem: wide, space: try space(of: wide),
            // The latents' density has its weight within.
            beta: plan.space == .latent ? 1 : plan.beta)
        let point = try point(in: plain.space)
        let isHeavy = langevin.prior.isHeavy
        let metric = try ChainMetric(
            of: plain, in: portions, isHeavy: isHeavy,
            priorCurvature: curvature(like: point, &random), around: point,
            floor: plan.restingFloor, random: &random)
        let objective = PortionedObjective(plain, in: portions, isHeavy: isHeavy)
        let chains = (0..<plan.chains).map {
            streams["chain \($0) of picture \(problem.pictures[0])"]
        }
        let noise = try random.normal(point.shape, point.dataType(), on: point.device())
        return try moved(
            LangevinChains(objective, plan, metric, chains), from: point + noise * metric.scale,
            &random, look)
    }

    /// The rounding of pixels.
    private static let nothing = 1e-6

    private func moved(
        _ chains: LangevinChains, from start: Tensor, _ random: inout Generator,
        _ look: (Int, Tensor) throws -> Void
    ) throws -> Posterior {
        var chains = chains
        var moments = PosteriorMoments()
        var levels = LevelHistogram()
        let shape = [plan.chains] + center.shape.dropFirst()
        var summaries = try ChainSummaries(
            like: .zeros(shape, center.dataType(), on: center.device()), random: &random)
        let wide = chains.objective.whole.problem
        var kept: [Tensor] = []
        try chains.run(from: start) { state in
            let pictures = try wide.fulfilled(by: state.picture)
            guard state.step > plan.burnIn else {
                return try look(state.step, pictures.mean(over: [0]))
            }
            try moments.add(pictures)
            try levels.add(pictures)
            try summaries.add(pictures)
            // Counted from the end, so that the last step is a sample.
            if (plan.steps - state.step) % plan.spacing == 0 { kept.append(pictures) }
            try look(state.step, moments.mean ?? center.element(0))
        }
        let deviation = try moments.deviation() ?? center.element(0).filled(with: 0)
        let isKnown = try plan.restingFloor != nil && deviation.largest().item() < Self.nothing
        // Where the measurement leaves nothing open there is nothing to mix.
        let diagnosis =
            isKnown
            ? (effectiveSize: Double(plan.samples), scaleReduction: 1) : summaries.diagnosis
        let samples = try Tensor.concatenated(kept.reversed(), along: 0)
        return Posterior(
            samples: try samples.slice(0..<plan.samples, along: 0),
            deviation: deviation,
            interval: try levels.interval(of: Posterior.coverage),
            effectiveSamples: diagnosis.effectiveSize, scaleReduction: diagnosis.scaleReduction,
            usedPlainPaths: !chains.objective.plainSamples.isEmpty)
    }

    private func space(of wide: Problem) throws -> any SearchSpace {
        let isLatent = plan.space == .latent
        let pictures: any SearchSpace =
            isLatent
            ? LatentPosterior(prior: langevin.prior, beta: plan.beta)
            : ImageSpace(prior: langevin.prior, scale: try center.filled(with: 1))
        guard let sum = wide.noise as? NoiseSum else { return pictures }
        let part = PicturePart(
            space: pictures,
            shape: isLatent ? [langevin.prior.dimensions] : langevin.prior.imageShape)
        return try JointSpace(part, noise: sum, like: wide.measurement)
    }

    /// Where all chains begin, without what sets them apart.
    private func point(in space: any SearchSpace) throws -> Tensor {
        try withoutGradient {
            guard let joint = space as? JointSpace else {
                return try repeated(space.point(of: center))
            }
            let point = try joint.pictures.space.point(of: center)
            let seen = try joint.pictures.space.located(point, jitter: nil).picture
            let residual = try problem.measurement - problem.forward.apply(seen)
            return try joint.point(repeated(point), residual: repeated(residual))
        }
    }

    /// The only sample once for every chain.
    private func repeated(_ sample: Tensor) throws(TorchError) -> Tensor {
        try .concatenated(Array(repeating: sample, count: plan.chains), along: 0)
    }

    /// How much the prior bends in every coordinate: 1 where it is a standard normal distribution.
    private func curvature(like point: Tensor, _ random: inout Generator) throws -> Tensor {
        let one = try point.slice(0..<1, along: 0).filled(with: 1)
        guard plan.space == .image else { return one }
        let prior = langevin.prior
        let z = try random.normal(
            [plan.chains, prior.dimensions], point.dataType(), on: point.device())
        let slopes = try portions.map(plan.chains) { chains in
            let drawn = try withoutGradient {
                try prior.decode(z.slice(chains, along: 0)).value
            }.leaf()
            return try withGradient { try prior.logDensity(drawn).sum() }
                .gradients(of: [drawn])[0]
        }
        let curvature =
            try Tensor.concatenated(slopes, along: 0).square()
            .mean(over: [0], keepingAxes: true) * plan.beta
        guard point.shape.count == 2 else { return curvature }
        let rest = one.shape[1] - prior.dimensions
        return try .concatenated(
            [curvature.reshaped(to: [1, -1]), one.slice(0..<rest, along: 1)], along: 1)
    }
}

extension Problem {
    /// The only picture so many times.
    fileprivate func repeated(_ count: Int) throws -> Problem {
        try selecting(Array(repeating: 0, count: count))
    }
}
