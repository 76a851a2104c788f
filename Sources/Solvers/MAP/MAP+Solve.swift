import Models
import Physics
import Tensors

extension MAP {
    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        try solve(problem, following: plan(for: problem), checkpoint: checkpoint)
    }

    /// Solves `problem` with every choice made.
    ///
    /// - Throws: what `solve(_:checkpoint:)` throws.
    package func solve(
        _ problem: Problem, following plan: Plan, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        try validateWindows()
        try problem.validate(for: imageShape, in: "map")
        // The windows of one picture keep all threads busy.
        if hasWindows { return try search(problem, plan, checkpoint) }
        let samples = problem.pictures.count * max(plan.restarts, 1)
        return try prior.withFewThreads(for: samples) { try search(problem, plan, checkpoint) }
    }

    private func search(
        _ problem: Problem, _ plan: Plan, _ checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let began = ContinuousClock.now
        let observation = try Observation(problem, imageShape: imageShape)
        let search = Search(
            problem: problem, plan: plan, streams: streams, imageShape: imageShape, room: room)
        return try search.best(
            of: { try objective(plan, $0, $0.pictures == problem.pictures ? observation : nil) },
            checkpoint: checkpoint
        ) { run, space in
            try start(of: run, plan, problem, observation, space) { draft in
                let seconds = (ContinuousClock.now - began) / .seconds(1)
                try checkpoint(
                    .start(total: plan.restarts * plan.steps, seconds: seconds, draft: draft))
            }
        }.fulfilling(problem).solution(of: problem)
    }

    /// What is made small for `problem`, worked on as a whole.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func objective(for problem: Problem, following plan: Plan) throws -> Objective {
        try whole(plan, problem, Observation(problem, imageShape: imageShape))
    }

    /// The same in lanes, of which the `observation` may be known already.
    private func objective(
        _ plan: Plan, _ problem: Problem, _ observation: Observation?
    ) throws -> Objective {
        let objective = try whole(
            plan, problem, observation ?? Observation(problem, imageShape: imageShape))
        return try hasWindows
            ? objective
            : objective.inLanes(threads: TorchProcess.threads(), isHeavy: prior.isHeavy)
    }

    private func whole(
        _ plan: Plan, _ problem: Problem, _ observation: Observation
    ) throws -> Objective {
        var objective = Objective(
            problem: problem, space: try space(plan, problem, observation), beta: plan.beta)
        if plan.isWeighedByNoise { objective.betas = try Self.weights(besideNoiseOf: problem) }
        return objective
    }

    private func space(
        _ plan: Plan, _ problem: Problem, _ observation: Observation
    ) throws -> any SearchSpace {
        let isLatent = plan.space == .latent
        let pictures =
            try isLatent ? LatentSpace(prior: prior) : pictures(plan, problem, observation)
        let part = PicturePart(
            space: pictures, shape: isLatent ? [prior.dimensions] : imageShape)
        if let separated = problem.noise as? SeparatedNoise {
            return SeparationSpace(
                pictures: part, variableShape: separated.variableShape(like: problem.measurement),
                scale: separated.separation.scale)
        }
        guard let sum = problem.noise as? NoiseSum else { return pictures }
        return try JointSpace(part, noise: sum, like: problem.measurement)
    }

    private func pictures(
        _ plan: Plan, _ problem: Problem, _ observation: Observation
    ) throws -> any SearchSpace {
        let scale = try observation.scale(plan.isScaled)
        let density = try density(for: problem)
        return try plan.isLayered
            ? PyramidSpace(
                prior: density, imageShape: imageShape, scale: scale,
                limit: Observation.unmeasured)
            : ImageSpace(prior: density, scale: scale)
    }

    private func density(for problem: Problem) throws -> any PictureDensity {
        guard hasWindows else { return prior }
        let hasLanes = try problem.measurement.device() == .cpu && !prior.isHeavy
        return Mosaic(
            of: prior, tileShape: prior.imageShape, imageShape: imageShape,
            layout: settings.windows, streams: streams, pictures: problem.pictures,
            lanes: hasLanes ? try TorchProcess.threads() : 1, room: room)
    }

    /// Where a run begins; the parts of noise that are looked for share what the picture leaves.
    private func start(
        of run: Int, _ plan: Plan, _ problem: Problem, _ observation: Observation,
        _ space: any SearchSpace, hear: (Tensor) throws -> Void
    ) throws -> Tensor {
        if let space = space as? SeparationSpace, let noise = problem.noise as? SeparatedNoise {
            let point = try start(
                of: run, plan, problem, observation, in: space.pictures.space, hear: hear)
            return try withoutGradient {
                let residual = try rest(of: problem, point, space.pictures.space)
                return try space.point(point, variables: noise.start(residual))
            }
        }
        guard let joint = space as? JointSpace else {
            return try start(of: run, plan, problem, observation, in: space, hear: hear)
        }
        let point = try start(
            of: run, plan, problem, observation, in: joint.pictures.space, hear: hear)
        return try withoutGradient {
            try joint.point(point, residual: rest(of: problem, point, joint.pictures.space))
        }
    }

    /// What the picture of a point leaves of the measurement.
    private func rest(
        of problem: Problem, _ point: Tensor, _ space: any SearchSpace
    ) throws(TorchError) -> Tensor {
        try problem.measurement
            - problem.forward.apply(space.located(point, jitter: nil).picture)
    }
}
