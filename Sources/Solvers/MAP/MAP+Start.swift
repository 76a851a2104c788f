import Models
import Physics
import Tensors

extension MAP {
    /// Where a run begins: the first as planned, later ones at random, unless the second is planned.
    ///
    /// - Throws: `TorchError` when memory is short.
    func start(
        of run: Int, _ plan: Plan, _ problem: Problem, _ observation: Observation,
        in space: any SearchSpace
    ) throws -> Tensor {
        let measurement = problem.measurement
        if run == 0, plan.start == .observation,
            let passing = MessagePassing(problem, imageShape: prior.imageShape)
        {
            return try space.point(of: passing.pictures())
        }
        if run == 0, plan.start == .observation, let picture = observation.picture {
            let start = try plan.isSmoothed ? observation.smoothed() : picture
            return try space.point(of: start ?? picture)
        }
        if run == 0, plan.start == .observation, !(problem.forward is any LinearOperator) {
            let projection = BackProjection(problem: problem, prior: prior)
            return try space.point(of: projection.pictures())
        }
        let isRandom = run == 0 ? plan.start == .random : run > 1 || plan.secondStart != .zero
        let z =
            try isRandom
            ? streams.latents(prior.dimensions, of: run, for: problem.pictures, like: measurement)
            : Tensor.zeros(
                [problem.pictures.count, prior.dimensions], measurement.dataType(),
                on: measurement.device())
        return space is LatentSpace ? z : try space.point(of: prior.decode(z).value)
    }
}
