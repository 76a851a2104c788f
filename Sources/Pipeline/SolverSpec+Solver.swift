import Jobs
import Models
import Solvers
import Tensors

extension SolverSpec {
    /// The one place where the solver of a job becomes a method.
    ///
    /// - Parameters:
    ///   - prior: the model that the job names, nil where the method needs none.
    ///   - imageShape: channels, height and width of the pictures.
    ///   - streams: where random starts come from.
    ///   - measurement: what the pictures were measured by, for a network that knows one.
    ///   - room: how many samples memory has room for.
    /// - Returns: the method with its settings.
    /// - Throws: `ModelError` when the model has no density where one is needed, `JobFault`
    ///   for a network that was trained for another measurement, or `TorchError`.
    func solver(
        prior: ModelShelf.Entry?, imageShape: [Int], streams: RandomStreams,
        measurement: MeasurementText?, room: SampleRoom
    ) throws -> any DescribedSolver {
        func model() throws(JobFault) -> ModelShelf.Entry {
            guard let prior else {
                throw JobFault(
                    .mismatch("the solver needs a prior", remedy: "name one"), at: .key("prior"))
            }
            return prior
        }
        func fit(
            _ method: LatentFit.Method, _ iteration: IterationSpec, _ weight: Double?
        ) throws -> LatentFit {
            try LatentFit(
                method, generator: model().latentGenerator,
                settings: iteration.settings(weight: weight),
                streams: streams, room: room)
        }
        switch self {
        case .map(let map):
            return try MAP(
                prior: model().flow, imageShape: imageShape, settings: map.settings,
                streams: streams, room: room)
        case .mle(let iteration): return try fit(.mle, iteration, nil)
        case .asim(let asim):
            return try fit(.asim(isSquared: asim.isSquared), asim.iteration, asim.gamma)
        case .bora(let bora): return try fit(.bora, bora.iteration, bora.lambda)
        case .lasso(let lasso):
            return Lasso(
                imageShape: imageShape,
                settings: .init(lambda: lasso.lambda, basis: lasso.basis.chosen))
        case .bm3d(let std, let strength):
            return BM3D(settings: .init(std: std, strength: strength))
        case .unfolded(let spec):
            let entry = try model()
            return ProximalGradient(
                .trained(try entry.unfolded), caveat: try spec.caveat(for: measurement, entry))
        case .plugAndPlay(let spec):
            return ProximalGradient(
                .repeated(
                    try model().flow,
                    .init(steps: spec.steps, step: spec.step, shrinkage: spec.shrinkage)))
        case .langevin(let spec):
            return try Langevin(
                prior: try model().flow, settings: spec.settings, streams: streams, room: room)
        }
    }
}

extension LassoSpec.Basis {
    fileprivate var chosen: Lasso.Basis {
        switch self {
        case .dct: .cosine
        case .wavelet: .wavelet
        }
    }
}
