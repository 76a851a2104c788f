import Glibc
import Tensors

/// Adam with step sizes that may fall and a noise floor that may sink.
///
/// A sample that meets a value or gradient that is not finite goes back to its last finite point
/// and takes half the steps from then on; the others do not notice. Where step size and objective
/// stay the same throughout, a sample is finished as soon as nothing changes.
struct AdamDescent: Descent {
    let objective: Objective
    let plan: MAP.Plan
    /// One for every sample.
    let streams: [Generator]

    func run(
        from start: Tensor, checkpoint: (DescentState) throws -> Void
    ) throws -> DescentResult {
        let count = start.shape[0]
        var point = start
        var safe = try objective.space.refuge(like: start)
        var adam = try SampleAdam(like: start)
        var setbacks = Array(repeating: 0, count: count)
        var streams = streams
        var standstill = Standstill(count: count)
        var discrepancy = try discrepancy()
        for iteration in 1...plan.steps {
            let evaluation = try objective.inIteration(iteration).evaluate(
                point, floor: plan.floor(at: iteration),
                jitter: jitter(at: iteration, like: point, from: &streams),
                weights: discrepancy?.weights)
            let isFinite = evaluation.isFinite
            for sample in 0..<count where !isFinite[sample] { setbacks[sample] += 1 }
            let state = DescentState(
                iteration: iteration, point: point, terms: evaluation.trueTerms,
                draft: evaluation.picture)
            if isFinite.contains(false) {
                point = try point.chosen(where: .choosing(isFinite, like: point), else: safe)
            }
            safe = point
            try checkpoint(state)
            if plan.isUnchanging { standstill.look(at: state.terms, in: iteration) }
            guard !standstill.isComplete else { break }
            let moved = try adam.moved(
                point, against: evaluation.gradients, rate: plan.rate(at: iteration),
                allowed: isFinite)
            point = try standstill.kept(point, or: moved)
            if let clean = evaluation.clean {
                try discrepancy?.look(
                    at: clean, progress: Double(iteration) / Double(plan.steps),
                    pace: plan.rate(at: iteration) / plan.rate(at: 1))
            }
        }
        let weights = discrepancy?.weights
        let (end, value) = try settled(point, else: safe, weights)
        return DescentResult(
            point: end, iterations: standstill.ends.map { $0 ?? plan.steps }, setbacks: setbacks,
            weights: weights, value: value)
    }

    /// What finds the weights of the prior, nil when the plan has one.
    private func discrepancy() throws(TorchError) -> Discrepancy? {
        guard plan.findsBeta else { return nil }
        return try Discrepancy(objective.problem, betas: objective.sampleBetas)
    }

    /// Random numbers for every sample, nil when the plan has none.
    private func jitter(
        at iteration: Int, like point: Tensor, from streams: inout [Generator]
    ) throws(TorchError) -> Tensor? {
        let size = plan.jitter(at: iteration)
        guard size > 0 else { return nil }
        let shape = Array(point.shape.dropFirst())
        var rows: [Tensor] = []
        for sample in streams.indices {
            rows.append(try streams[sample].normal(shape, point.dataType(), on: point.device()))
        }
        return try Tensor.stacked(rows) * size
    }

    /// The last point, or the one before for samples that are no longer finite; and the objective
    /// there, where that has been computed.
    private func settled(
        _ point: Tensor, else safe: Tensor, _ weights: [Double]?
    ) throws -> (point: Tensor, value: Objective.Value?) {
        let value = try objective.value(at: point, weights: weights)
        let isFinite = value.terms.map(\.objective.isFinite)
        guard isFinite.contains(false) else { return (point, value) }
        return (try point.chosen(where: .choosing(isFinite, like: point), else: safe), nil)
    }
}

extension MAP.Plan {
    /// Whether every iteration does the same.
    fileprivate var isUnchanging: Bool {
        schedule == .constant && softening == nil && jitter == 0 && !findsBeta
    }

    /// Adam's step size in an iteration, counted from 1.
    func rate(at iteration: Int) -> Double {
        switch schedule {
        case .constant: learningRate
        case .cosine:
            learningRate * (1 + cos(.pi * Double(iteration - 1) / Double(steps))) / 2
        }
    }

    /// The standard deviation of the jitter in an iteration, in the units of points.
    ///
    /// In image space it grows over the first half, in which large steps want gradients without
    /// noise. In latent space it is largest at the beginning, where it leads over the walls of
    /// narrow valleys, and gone in the last fifth.
    func jitter(at iteration: Int) -> Double {
        let progress = Double(iteration) / Double(steps)
        return space == .image
            ? jitter * min(1, 2 * progress) : jitter * max(0, 1 - 1.25 * progress)
    }

    /// The smallest standard deviation of the noise in an iteration, nil when there is none.
    ///
    /// It falls by the same factor in every iteration over the first two thirds, and stays where
    /// it ends.
    func floor(at iteration: Int) -> Double? {
        guard let softening else { return nil }
        let progress = 1.5 * Double(iteration - 1) / Double(steps)
        let end = restingFloor ?? Self.lowestFloor
        guard progress < 1 else { return restingFloor }
        return softening * pow(end / softening, progress)
    }

    /// Where the floor no longer matters: below a quarter of a level of 8-bit pictures.
    static var lowestFloor: Double { 0.001 }
}
