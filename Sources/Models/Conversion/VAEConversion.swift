import Arrays
import Tensors

/// From the names of csinva's autoencoder to ours: `fc1`, `fc21`, `fc22`, `fc3` and `fc4`.
struct VAEConversion {
    private let tensors: TensorTransfer
    private let options: ConversionOptions
    private let format = CheckpointFormat.vaeMNIST

    init(_ tensors: [String: HostArray], _ options: ConversionOptions) {
        self.tensors = TensorTransfer(tensors, .vaeMNIST, marker: "fc1.")
        self.options = options
    }

    /// The model; its pictures are square and gray unless `size` and `channels` say otherwise.
    ///
    /// - Throws: `ConversionError` or `TorchError`.
    func model() throws -> ConvertedModel {
        guard let inner = tensors.shape(of: "fc1.weight", axes: 2),
            let mean = tensors.shape(of: "fc21.weight", axes: 2)
        else {
            throw ConversionError(format, .otherFormat(expected: "fc1.weight and fc21.weight"))
        }
        let settings = VAESettings(hidden: inner[0], latent: mean[0])
        try tensors.check(settings)
        return ConvertedModel(
            architecture: .vae(settings), imageShape: try imageShape(values: inner[1]),
            bits: try options.depth(8, format),
            weights: try weights(settings, values: inner[1]))
    }

    private func imageShape(values: Int) throws(ConversionError) -> [Int] {
        let channels = max(options.channels ?? 1, 1)
        let side = Int((Double(values) / Double(channels)).squareRoot().rounded())
        let size = options.size ?? [side, side]
        guard size.count == 2, channels * size[0] * size[1] == values else {
            throw ConversionError(
                format,
                .missingOption("--size", why: "\(values) values make no square picture"))
        }
        return [channels] + size
    }

    private func weights(_ settings: VAESettings, values: Int) throws -> [String: HostArray] {
        var transfer = tensors
        let (hidden, latent) = (settings.hidden, settings.latent)
        let layers = [
            ("fc1", [hidden, values], "encoder.hidden"),
            ("fc21", [latent, hidden], "encoder.mean"),
            ("fc22", [latent, hidden], "encoder.log_variance"),
            ("fc3", [hidden, latent], "decoder.hidden"),
            ("fc4", [values, hidden], "decoder.output"),
        ]
        for (theirs, shape, ours) in layers {
            try transfer.move("\(theirs).weight", shape, to: "\(ours).weight")
            try transfer.move("\(theirs).bias", [shape[0]], to: "\(ours).bias")
        }
        try transfer.finish()
        return transfer.weights
    }
}
