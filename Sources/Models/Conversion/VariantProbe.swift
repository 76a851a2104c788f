import Arrays
import Tensors

/// Measures which of the models that one file can be read as likes natural pictures best.
struct VariantProbe {
    let options: ConversionOptions
    /// The candidates' names with the bits per dimension of the probe pictures.
    ///
    /// - Throws: `ConversionError`, `ParameterError` or `TorchError`.
    func detection(
        among candidates: [ConvertedModel], names: [String], _ format: CheckpointFormat
    ) throws -> VariantDetection {
        guard let first = candidates.first else { return VariantDetection([]) }
        let x = try pictures(like: first, format).converted(to: .float32)
        var found: [VariantDetection.Candidate] = []
        for (candidate, name) in zip(candidates, names) {
            let bits = try withoutGradient {
                let flow = try candidate.flow().frozenFlow()
                let mean = try flow.logLikelihood(x).mean().item()
                return flow.bitsPerDimension(mean, bits: candidate.bits)
            }
            found.append(.init(name: name, bitsPerDimension: bits))
        }
        return VariantDetection(found)
    }

    private func pictures(like model: ConvertedModel, _ format: CheckpointFormat) throws -> Tensor {
        guard let given = options.probes else {
            var probes = ProbePictures(shape: model.imageShape)
            // As many numbers as in four pictures of 64 pixels: a few seconds for a large model.
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
