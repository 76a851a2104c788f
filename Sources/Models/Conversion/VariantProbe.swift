import Arrays
import Tensors

/// Measures which of the models that one file can be read as likes natural pictures best.
struct VariantProbe {
    let options: ConversionOptions

    /// So much worse than the best one, in bits per dimension on the first picture, a candidate is
    /// out: the other pictures do not bring it back.
    private static let handicap = 1.0

    /// The candidates' names with the bits per dimension of the probe pictures.
    ///
    /// All of them see the first picture, and those that are near the best the others. With
    /// `sharesWeights`, all have the same weights and read them otherwise: one copy is enough.
    ///
    /// - Throws: `ConversionError`, `ParameterError` or `TorchError`.
    func detection(
        among candidates: [ConvertedModel], names: [String], sharesWeights: Bool,
        _ format: CheckpointFormat
    ) throws -> VariantDetection {
        guard let first = candidates.first else { return VariantDetection([]) }
        let x = try pictures(like: first, format).converted(to: .float32)
        let readings = Readings(candidates, sharesWeights: sharesWeights)
        var found = try candidates.indices.map {
            try readings.bits($0, of: x.slice(0..<1, along: 0))
        }
        let best = found.filter(\.isFinite).min() ?? .infinity
        if x.batch > 1 {
            let others = try x.slice(1..<x.batch, along: 0)
            for index in candidates.indices where found[index] <= best + Self.handicap {
                let sum = try readings.bits(index, of: others) * Double(x.batch - 1)
                found[index] = (found[index] + sum) / Double(x.batch)
            }
        }
        return VariantDetection(
            zip(names, found).map { .init(name: $0, bitsPerDimension: $1) })
    }

    private func pictures(like model: ConvertedModel, _ format: CheckpointFormat) throws -> Tensor {
        guard let given = options.probes else {
            var probes = ProbePictures(shape: model.imageShape)
            // Whole pictures: how a squeeze by memory mixes them depends on their size.
            let pixels = model.imageShape[1] * model.imageShape[2]
            let count = min(max(4 * 64 * 64 / max(pixels, 1), 4), 32)
            return try probes.drawn(count, bits: model.bits)
        }
        guard given.shape.count == 4, Array(given.shape.dropFirst()) == model.imageShape,
            given.shape[0] > 0
        else {
            throw ConversionError(
                format,
                .wrongOption(
                    "probe pictures",
                    why: "have shape \(given.shape), the model needs \(model.imageShape)"))
        }
        var noise = Generator(seed: 1)
        let numbers = try Tensor(given.converted(to: .float64))
        return try ProbePictures.dequantized(numbers, bits: model.bits, noise: &noise)
    }
}

extension VariantProbe {
    /// The models that one file may be.
    private final class Readings {
        private let models: [ConvertedModel]
        private let sharesWeights: Bool
        private var loaded: ParameterStore?

        init(_ models: [ConvertedModel], sharesWeights: Bool) {
            self.models = models
            self.sharesWeights = sharesWeights
        }

        /// The mean bits per dimension of `x` under one of them.
        ///
        /// The flow is not frozen: that takes the inverses of all matrices, and only `encode` is
        /// asked.
        func bits(_ index: Int, of x: Tensor) throws -> Double {
            try withoutGradient {
                let store = loaded.map(ParameterStore.init(sharing:)) ?? models[index].store()
                if sharesWeights { loaded = store }
                let flow = try models[index].flow(in: store)
                let mean = try flow.logLikelihood(x).mean().item()
                return flow.bitsPerDimension(mean, bits: models[index].bits)
            }
        }
    }
}
