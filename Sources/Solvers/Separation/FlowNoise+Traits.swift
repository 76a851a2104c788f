import Glibc
import Models
package import Tensors

extension FlowNoise {
    /// How probable the model finds the noise of one sample.
    package struct Traits: Sendable, Equatable {
        /// Σ over patches log p(n_patch), in nats.
        package let logDensity: Double
        /// The same in bits for each dimension of the model's pictures.
        package let bitsPerDim: Double
    }

    /// Whether the model can say how probable what a picture leaves is, which may have any value.
    ///
    /// Outside of [0, 1] a density behind a logit is only continued, and says nothing.
    package var judgesRemainders: Bool {
        if case .logit = model.support { false } else { true }
    }

    /// How probable the model finds noise in its patches, sample by sample.
    ///
    ///     log p(n_patch) = log p(z + n_patch / a) − d log a
    ///     bits/dim = −Σ log p(z + n_patch / a) / (count · d ln 2) + bits
    ///
    /// - Parameters:
    ///   - noise: n, like the measurement.
    ///   - bits: of the pictures that the model was trained on.
    /// - Returns: nil for samples without a patch.
    /// - Throws: `TorchError` when the shape does not fit.
    package func traits(of noise: Tensor, bits: Int) throws(TorchError) -> [Traits?] {
        let layout = try PatchLayout(self, like: noise)
        guard layout.count > 0 else { return Array(repeating: nil, count: noise.shape[0]) }
        let shape = [noise.shape[0], layout.count]
        let densities = try model.logDensity(layout.cut(noise) / amplitude + zero) * layout.present
        let sums = try densities.reshaped(to: shape).sum(over: [1]).doubles()
        let counts = try layout.present.reshaped(to: shape).sum(over: [1]).doubles()
        return zip(sums, counts).map { sum, count in
            guard count > 0 else { return nil }
            return Traits(
                logDensity: sum - count * Double(model.dimensions) * log(amplitude),
                bitsPerDim: model.bitsPerDimension(sum / count, bits: bits))
        }
    }
}
