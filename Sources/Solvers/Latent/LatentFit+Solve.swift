import Models
import Tensors

extension LatentFit {
    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let plan = try plan(for: problem)
        let samples = problem.pictures.count * max(plan.restarts, 1)
        return try generator.withFewThreads(for: samples) {
            try search(problem, plan, checkpoint)
        }
    }

    private func search(
        _ problem: Problem, _ plan: MAP.Plan, _ checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let space = GeneratorSpace(generator: generator, penalty: method.penalty)
        let search = Search(
            problem: problem, plan: plan, streams: streams, imageShape: generator.imageShape,
            room: room)
        let found = try search.best(
            of: { problem in
                try Objective(
                    problem: problem, space: space, beta: plan.beta, fidelity: method.fidelity
                ).inLanes(threads: TorchProcess.threads(), isHeavy: generator.isHeavy)
            }, checkpoint: checkpoint
        ) { run, _ in
            try start(of: run, plan, problem, in: space)
        }.solution(of: problem)
        return Solution(
            image: found.image, terms: found.terms,
            logLikelihood: try likelihood(of: found.image), iterations: found.iterations,
            warnings: found.warnings)
    }

    /// Where a run begins: the first as planned, later ones at random.
    private func start(
        of run: Int, _ plan: MAP.Plan, _ problem: Problem, in space: GeneratorSpace
    ) throws -> Tensor {
        let measurement = problem.measurement
        if run == 0, plan.start == .observation {
            let seen = try Observation(problem, imageShape: generator.imageShape)
            if let picture = seen.picture {
                return try withoutGradient { try space.point(of: picture) }
            }
        }
        if run > 0 || plan.start == .random {
            return try streams.latents(
                generator.dimensions, of: run, for: problem.pictures, like: measurement)
        }
        return try .zeros(
            [problem.pictures.count, generator.dimensions], measurement.dataType(),
            on: measurement.device())
    }

    /// log p of the pictures where the generator has a density.
    private func likelihood(of pictures: Tensor) throws -> [Double]? {
        guard let flow = generator as? Flow else { return nil }
        return try withoutGradient {
            let fast = try flow.logDensity(pictures).doubles()
            guard !fast.allSatisfy(\.isFinite) else { return fast }
            return try FastPaths.$areAvoided.withValue(true) {
                try flow.logDensity(pictures).doubles()
            }
        }
    }
}
