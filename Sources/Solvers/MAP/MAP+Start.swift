import Models
import Physics
import Tensors

extension MAP {
    /// Where a run begins: the first as planned, later ones at random, unless the second is planned.
    ///
    /// - Parameters:
    ///   - run: its number, from 0.
    ///   - plan: how the search goes.
    ///   - problem: what is solved.
    ///   - observation: what is seen of the pictures.
    ///   - space: where the search goes.
    ///   - hear: told the pictures on the way to the start, where that takes iterations of its own.
    /// - Returns: a point of `space`.
    /// - Throws: what `hear` throws; `TorchError` when memory is short.
    func start(
        of run: Int, _ plan: Plan, _ problem: Problem, _ observation: Observation,
        in space: any SearchSpace, hear: (Tensor) throws -> Void
    ) throws -> Tensor {
        let measurement = problem.measurement
        if run == 0, plan.start == .observation,
            let passing = MessagePassing(problem, imageShape: imageShape)
        {
            return try space.point(of: passing.pictures(hear: hear))
        }
        if run == 0, plan.start == .observation, let picture = observation.picture {
            let start = try plan.isSmoothed ? observation.smoothed() : picture
            return try space.point(of: start ?? picture)
        }
        if run == 0, plan.start == .observation, !(problem.forward is any LinearOperator) {
            let projection = BackProjection(
                problem: problem, prior: prior, imageShape: imageShape)
            return try space.point(of: projection.pictures())
        }
        let isRandom = run == 0 ? plan.start == .random : run > 1 || plan.secondStart != .zero
        let z =
            try isRandom
            ? streams.latents(prior.dimensions, of: run, for: problem.pictures, like: measurement)
            : Tensor.zeros(
                [problem.pictures.count, prior.dimensions], measurement.dataType(),
                on: measurement.device())
        if space is LatentSpace { return z }
        let picture = try prior.decode(z).value
        guard hasWindows else { return try space.point(of: picture) }
        // One window says nothing of how the next goes on, but what colours there are.
        let colours = try picture.mean(over: [2, 3], keepingAxes: true)
        return try space.point(of: colours.expanded(to: [picture.shape[0]] + imageShape))
    }
}
