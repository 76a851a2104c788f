import Physics
package import Tensors

extension Objective {
    /// What is at one point, sample by sample, where no gradients are wanted.
    package struct Value {
        package let terms: [Solution.Terms]
        package let picture: Tensor
        /// log p of the pictures, in nats.
        package let logPrior: [Double]
        /// ‖z‖² / D of their latents, nil where those are not at hand.
        let energies: [Double]?
    }

    /// The objective at `point`, with `weights` in the place of β.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func value(at point: Tensor, weights: [Double]? = nil) throws -> Value {
        guard !lanes.isEmpty else {
            return try FastPaths.$areAvoided.withValue(!plainSamples.isEmpty) {
                try valueAtOnce(at: point, weights)
            }
        }
        return try Value(
            joining: Lanes.map(lanes) { lane in
                try lane.objective.value(
                    at: point.slice(lane.samples, along: 0),
                    weights: weights.map { Array($0[lane.samples]) })
            })
    }

    private func valueAtOnce(at point: Tensor, _ weights: [Double]?) throws -> Value {
        try withoutGradient {
            let (picture, logPrior) = try space.located(point, jitter: nil)
            let clean = try problem.forward.apply(picture)
            let terms = try trueTerms(
                clean, space.noises(at: point), weighted(logPrior, by: weights))
            return Value(
                terms: terms, picture: picture, logPrior: try logPrior.doubles(),
                energies: try space.energies(at: point))
        }
    }
}

extension Objective.Value {
    /// The values of parts of a batch, in their order, as one.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(joining parts: [Objective.Value]) throws(TorchError) {
        let energies = parts.compactMap(\.energies)
        self.init(
            terms: parts.flatMap(\.terms),
            picture: try .concatenated(parts.map(\.picture), along: 0),
            logPrior: parts.flatMap(\.logPrior),
            energies: energies.count == parts.count ? energies.flatMap { $0 } : nil)
    }
}
