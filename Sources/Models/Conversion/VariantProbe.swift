import Arrays
import Tensors

/// Measures which of the models that one file can be read as likes natural pictures best.
struct VariantProbe {
    let options: ConversionOptions

    /// The candidates' names with the bits per dimension of the probe pictures.
    ///
    /// With `sharesWeights`, all of them have the same weights and read them otherwise, so that
    /// one copy is enough.
    ///
    /// - Throws: `ConversionError`, `ParameterError` or `TorchError`.
    func detection(
        among candidates: [ConvertedModel], names: [String], sharesWeights: Bool,
        _ format: CheckpointFormat
    ) throws -> VariantDetection {
        guard let first = candidates.first else { return VariantDetection([]) }
        let x = try pictures(like: first, format).converted(to: .float32)
        let sides = Array(x.shape.suffix(2))
        var loaded: ParameterStore?
        var found: [VariantDetection.Candidate] = []
        for (candidate, name) in zip(candidates, names) {
            let bits = try withoutGradient {
                // Not frozen: that takes the inverses of all matrices, and only `encode` is asked.
                let store = loaded.map(ParameterStore.init(sharing:)) ?? candidate.store()
                if sharesWeights { loaded = store }
                let flow = try candidate.on(sides).flow(in: store)
                let mean = try flow.logLikelihood(x).mean().item()
                return flow.bitsPerDimension(mean, bits: candidate.bits)
            }
            found.append(.init(name: name, bitsPerDimension: bits))
        }
        return VariantDetection(found)
    }

    private func pictures(like model: ConvertedModel, _ format: CheckpointFormat) throws -> Tensor {
        guard let given = options.probes else {
            return try drawn(like: model)
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

    /// Pieces of pictures that are large enough for the statistics of neighbours, and small enough
    /// for a large model to be quick.
    private func drawn(like model: ConvertedModel) throws(TorchError) -> Tensor {
        let sides = model.reduced(to: 32).imageShape.dropFirst()
        var probes = ProbePictures(shape: model.imageShape)
        let count = min(max(2 * 32 * 32 / max(sides.reduce(1, *), 1), 2), 32)
        var x = try probes.drawn(count, bits: model.bits)
        for (axis, side) in zip([2, 3], sides) {
            let start = (x.shape[axis] - side) / 2
            x = try x.slice(start..<start + side, along: axis)
        }
        return x
    }
}

extension ConvertedModel {
    /// The same network for pictures of this height and width.
    fileprivate func on(_ sides: [Int]) -> ConvertedModel {
        var model = self
        model.imageShape = [imageShape[0]] + sides
        return model
    }
}
