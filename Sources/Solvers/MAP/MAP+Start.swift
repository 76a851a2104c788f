import Models
import Tensors

extension MAP {
    /// Where a run begins: the first as planned, later ones at random.
    ///
    /// - Throws: `TorchError` when memory is short.
    func start(
        of run: Int, _ plan: Plan, _ problem: Problem, _ observation: Observation,
        in space: any SearchSpace
    ) throws -> Tensor {
        let measurement = problem.measurement
        if run == 0, plan.start == .observation, let picture = observation.picture {
            let start = try plan.isSmoothed ? observation.smoothed() : picture
            return try space.point(of: start ?? picture)
        }
        let isRandom = run > 0 || plan.start == .random
        let z =
            try isRandom
            ? latents(for: problem.pictures, run, like: measurement)
            : Tensor.zeros(
                [problem.pictures.count, prior.dimensions], measurement.dataType(),
                on: measurement.device())
        return space is LatentSpace ? z : try space.point(of: prior.decode(z).value)
    }

    /// N(0, I) for every picture, from a stream of its own.
    private func latents(
        for pictures: [Int], _ run: Int, like measurement: Tensor
    ) throws(TorchError) -> Tensor {
        var rows: [Tensor] = []
        for picture in pictures {
            var stream = streams["start \(run) of picture \(picture)"]
            rows.append(
                try stream.normal(
                    [prior.dimensions], measurement.dataType(), on: measurement.device()))
        }
        return try .stacked(rows)
    }
}
