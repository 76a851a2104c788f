import Physics
package import Tensors

/// What a solver makes small, at any point of a space, sample by sample.
package struct Objective: Sendable {
    /// Terms and gradients of all samples at one point.
    package struct Evaluation {
        /// The terms that the gradients belong to.
        package let terms: [Solution.Terms]
        package let gradients: Tensor
        /// The pictures that the terms belong to.
        package let picture: Tensor
        /// The data terms with the noise as it is, when `terms` are with softened noise.
        package let trueTerms: [Solution.Terms]
        /// Whether value and gradient of each sample are finite.
        package let isFinite: [Bool]
        /// f(x), where weights are looked for.
        let clean: Tensor?
    }

    let problem: Problem
    var space: any SearchSpace
    /// The weight of what the space says of a point.
    let beta: Double
    /// The same for every sample, where samples differ in it.
    var betas: [Double]?
    var fidelity = Fidelity.likelihood
    /// Parts of the batch that are worked on at the same time; none when it is worked on as a whole.
    package var lanes: [Lane] = []
    private let trust = FastPathTrust()

    /// The objective as an iteration, counted from 1, looks at it.
    func inIteration(_ number: Int) -> Objective {
        var objective = self
        objective.space = space.inIteration(number)
        objective.lanes = lanes.map {
            Lane(samples: $0.samples, objective: $0.objective.inIteration(number))
        }
        return objective
    }

    /// Terms and gradients at `point`, with the noise softened to `floor`, the prior looking
    /// beside the point by `jitter`, and `weights` in the place of β.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func evaluate(
        _ point: Tensor, floor: Double?, jitter: Tensor? = nil, weights: [Double]? = nil
    ) throws -> Evaluation {
        guard !lanes.isEmpty else {
            return try trust.evaluation { try evaluateAtOnce(point, floor, jitter, weights) }
        }
        let parts = try Lanes.map(lanes) { lane in
            try lane.objective.evaluate(
                point.slice(lane.samples, along: 0), floor: floor,
                jitter: jitter?.slice(lane.samples, along: 0),
                weights: weights.map { Array($0[lane.samples]) })
        }
        return try Evaluation(joining: parts)
    }

    /// The point of a picture, `[batch, …]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func point(of picture: Tensor) throws(TorchError) -> Tensor {
        try space.point(of: picture)
    }

    /// The samples for which only libtorch's own operations gave finite values.
    var plainSamples: Set<Int> {
        guard lanes.isEmpty else {
            return Set(
                lanes.flatMap { lane in
                    lane.objective.trust.mended.map { lane.samples.lowerBound + $0 }
                })
        }
        return trust.mended
    }

    private func evaluateAtOnce(
        _ point: Tensor, _ floor: Double?, _ jitter: Tensor?, _ weights: [Double]?
    ) throws -> Evaluation {
        let noise = floor.map { problem.noise.softened(to: $0) } ?? problem.noise
        let leaf = try point.leaf()
        let (data, prior, picture, clean, noises) = try withGradient {
            let (picture, logPrior) = try space.located(leaf, jitter: jitter)
            let clean = try problem.forward.apply(picture)
            let noises = try space.noises(at: leaf)
            let data = try fidelity.misfit(problem.measurement, clean, noise, with: noises)
            return (data, try weighted(logPrior, by: weights), picture, clean, noises)
        }
        // Samples do not influence each other, so the gradient of the sum is that of each.
        let gradients = try (data + prior).sum().gradients(of: [leaf])[0]
        let terms = try Self.terms(data, prior)
        let sizes = try gradients.square().sumPerSample().doubles()
        return Evaluation(
            terms: terms, gradients: gradients, picture: try picture.detached(),
            trueTerms: floor == nil ? terms : try trueTerms(clean.detached(), noises, prior),
            isFinite: zip(terms, sizes).map { $0.objective.isFinite && $1.isFinite },
            clean: weights == nil ? nil : try clean.detached())
    }

    /// β of every sample.
    var sampleBetas: [Double] { betas ?? problem.pictures.map { _ in beta } }

    /// −β log p, with a β for every sample where there are `weights`.
    func weighted(_ logPrior: Tensor, by weights: [Double]?) throws(TorchError) -> Tensor {
        guard let weights = weights ?? betas else { return try logPrior * -beta }
        return try logPrior * .perSample(weights.map { -$0 }, like: logPrior)
    }

    /// The noise at `point`, like the measurement, where it is looked for beside the picture.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func noise(at point: Tensor) throws -> Tensor? {
        guard let separated = problem.noise as? SeparatedNoise else { return nil }
        return try FastPaths.$areAvoided.withValue(!plainSamples.isEmpty) {
            try withoutGradient {
                guard let variables = try space.noises(at: point).first else { return nil }
                let clean = try problem.forward.apply(space.located(point, jitter: nil).picture)
                return try separated.parts(problem.measurement, given: clean, variables).noise
            }
        }
    }

    func trueTerms(
        _ clean: Tensor, _ noises: [Tensor], _ prior: Tensor
    ) throws -> [Solution.Terms] {
        try withoutGradient {
            try Self.terms(
                fidelity.misfit(problem.measurement, clean, problem.noise, with: noises), prior)
        }
    }

    private static func terms(
        _ data: Tensor, _ prior: Tensor
    ) throws(TorchError) -> [Solution.Terms] {
        try zip(data.doubles(), prior.doubles()).map { Solution.Terms(data: $0, prior: $1) }
    }
}
