package import Arrays
package import Models
import Tensors

extension Trainer {
    /// The averaged weights by name.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func averagedWeights() throws -> [String: HostArray] {
        var weights: [String: HostArray] = [:]
        for (name, tensor) in zip(store.names, averages) {
            weights[name] = try tensor.hostArray()
        }
        return weights
    }

    /// The flow with the averaged weights, frozen.
    ///
    /// - Throws: `ParameterError` or `TorchError`.
    package func averagedFlow() throws -> Flow {
        let averaged = ParameterStore(
            stored: try averagedWeights(), source: recipe.name, on: device)
        let flow = try recipe.architecture.flow(imageShape: data.imageShape, in: averaged.root)
        try averaged.finish()
        return try withoutGradient { try flow.frozenFlow() }
    }

    /// log p of every picture of `set` under the averaged weights, in nats, always with the same
    /// dequantisation noise.
    ///
    /// - Throws: `TorchError` or `ArrayError`.
    package func logLikelihoods(of set: PictureSet) throws -> [Double] {
        let averaged = try averagedFlow()
        var noise = RandomStreams(seed: recipe.seed)["validation"]
        let dequantization = Dequantization(bits: recipe.bits)
        return try withoutGradient {
            var values: [Double] = []
            for start in stride(from: 0, to: set.count, by: 64) {
                let indices = Array(start..<min(start + 64, set.count))
                let bytes = try set.pictures(indices).moved(to: device)
                let x = try dequantization.dequantized(bytes, noise: &noise)
                values += try averaged.logLikelihood(x).doubles()
            }
            return values
        }
    }

    /// Mean bits per dimension of `set` under the averaged weights.
    ///
    /// - Throws: `TorchError` or `ArrayError`.
    package mutating func validate(on set: PictureSet) throws -> Double {
        let values = try logLikelihoods(of: set)
        let mean = values.reduce(0, +) / Double(values.count)
        let bits = flow.bitsPerDimension(mean, bits: recipe.bits)
        // JSON, in which the state is kept, has no number for what is not finite.
        state.bitsPerDimension = bits.isFinite ? bits : nil
        return bits
    }
}
