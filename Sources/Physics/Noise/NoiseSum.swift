package import Tensors

/// The sum of independent noises of which at most one is known element by element.
///
/// Such a sum has no closed density. With a picture nᵢ for the noise of every part but the first,
/// which takes what is left, it has one:
///
///     log p(y, n₂, …) = log p₁(y − f(x) − n₂ − …) + log p₂(n₂) + …
///
/// Solvers that can do it look for these pictures together with x. For others it is a Gaussian as
/// wide as all parts together.
package struct NoiseSum: CompositeNoise {
    /// What takes the rest.
    package let first: any NoiseModel
    /// The parts that have a picture each.
    package let others: [any NoiseModel]

    /// The sum of `parts`, of which those that are known element by element become one that comes
    /// first.
    ///
    /// - Parameter parts: one or more additive noises.
    /// - Returns: the noise itself when there is one, a `GaussianSum` when all are Gaussian, and a
    ///   `MixedNoise` when all are Gaussian or mixtures of Gaussians.
    package static func of(_ parts: [any NoiseModel]) -> any NoiseModel {
        precondition(!parts.isEmpty, "a sum has parts")
        let gaussian = parts.compactMap { $0 as? any GaussianNoiseModel }
        let mixtures = parts.compactMap { $0 as? any GaussianMixtureNoise }
        let merged: (any GaussianNoiseModel)? =
            gaussian.count > 1 ? GaussianSum(gaussian) : gaussian.first
        let remaining = parts.filter {
            !($0 is any GaussianNoiseModel || $0 is any GaussianMixtureNoise)
        }
        let known: (any NoiseModel)? =
            if mixtures.isEmpty {
                merged
            } else if mixtures.count == 1, merged == nil {
                mixtures[0]
            } else {
                MixedNoise(merged, mixtures)
            }
        let all = (known.map { [$0] } ?? []) + remaining
        return all.count == 1 ? all[0] : NoiseSum(first: all[0], others: Array(all.dropFirst()))
    }

    private init(first: any NoiseModel, others: [any NoiseModel]) {
        self.first = first
        self.others = others
    }

    package var parts: [any NoiseModel] { [first] + others }

    package var character: NoiseCharacter {
        let learned: [NoiseCharacter] = [.learnedThroughout, .learned]
        return learned.first { kind in parts.contains { $0.character == kind } } ?? .heavyTailed
    }

    /// log p(y, n₂, …) given f(x), in nats, `[batch]`.
    ///
    /// - Parameters:
    ///   - measurement: y.
    ///   - clean: f(x), like y.
    ///   - pictures: n₂, …, each like y, one for every one of `others`.
    /// - Returns: the log-density of every sample.
    /// - Throws: `TorchError` when a shape does not fit.
    package func logDensity(
        _ measurement: Tensor, given clean: Tensor, pictures: [Tensor]
    ) throws(TorchError) -> Tensor {
        precondition(pictures.count == others.count, "a picture for every other part")
        var base = clean
        for picture in pictures { base = try base + picture }
        var total = try first.logDensity(measurement, given: base)
        for (part, picture) in zip(others, pictures) {
            let nothing = try picture.detached().filled(with: 0)
            total = try total + part.logDensity(picture, given: nothing)
        }
        return total
    }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        try GaussianWidth(self).logDensity(measurement, given: clean)
    }

    package func softened(to floor: Double) -> any NoiseModel {
        NoiseSum(
            first: first.softened(to: floor), others: others.map { $0.softened(to: floor) })
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        NoiseSum(
            first: first.selecting(samples), others: others.map { $0.selecting(samples) })
    }
}
