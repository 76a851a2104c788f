import Tensors

extension Objective {
    /// The objective of some samples of the batch.
    package struct Lane: Sendable {
        package let samples: Range<Int>
        package let objective: Objective

        package init(samples: Range<Int>, objective: Objective) {
            self.samples = samples
            self.objective = objective
        }
    }

    /// The same objective, worked on in as many lanes as there are threads.
    ///
    /// Threads that share one small operation after the other gain nothing. A flow whose operations
    /// are large keeps all threads for each of them when there are fewer samples than threads.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func inLanes(threads: Int, isHeavy: Bool) throws -> Objective {
        let count = problem.pictures.count
        guard try problem.measurement.device() == .cpu, threads > 1, count > 1,
            count >= threads || !isHeavy
        else { return self }
        var split = self
        split.lanes = try Lanes.ranges(of: count, atMost: threads).map { samples in
            Lane(samples: samples, objective: try selecting(samples))
        }
        return split
    }

    /// The objective of some of the samples, worked on as a whole.
    ///
    /// - Throws: `TorchError` when there are no such samples.
    func selecting(_ samples: Range<Int>) throws -> Objective {
        Objective(
            problem: try problem.selecting(Array(samples)), space: try space.selecting(samples),
            beta: beta, betas: betas.map { Array($0[samples]) }, fidelity: fidelity)
    }
}

extension Objective.Evaluation {
    /// The evaluations of parts of a batch, in their order, as one.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(joining parts: [Objective.Evaluation]) throws(TorchError) {
        let cleans = parts.compactMap(\.clean)
        self.init(
            terms: parts.flatMap(\.terms),
            gradients: try .concatenated(parts.map(\.gradients), along: 0),
            picture: try .concatenated(parts.map(\.picture), along: 0),
            trueTerms: parts.flatMap(\.trueTerms), isFinite: parts.flatMap(\.isFinite),
            clean: cleans.isEmpty ? nil : try .concatenated(cleans, along: 0))
    }
}
