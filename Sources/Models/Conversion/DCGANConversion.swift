import Arrays
import Tensors

/// From the names of PyTorch's DCGAN tutorial to ours: `[module.]main.{0, 3, 6, …}.weight`, with a
/// batch norm after every one but the last.
struct DCGANConversion {
    private let tensors: TensorTransfer
    private let options: ConversionOptions
    private let format = CheckpointFormat.dcgan

    init(_ tensors: [String: HostArray], _ options: ConversionOptions) {
        self.tensors = TensorTransfer(tensors, .dcgan, marker: "main.")
        self.options = options
    }

    /// The model; the number of layers says how large its pictures are.
    ///
    /// - Throws: `ConversionError` or `TorchError`.
    func model() throws -> ConvertedModel {
        let count = tensors.numbers(after: "main.").filter { $0.isMultiple(of: 3) }.count
        guard count > 1, let first = tensors.shape(of: "main.0.weight", axes: 4),
            let last = tensors.shape(of: "main.\(3 * (count - 1)).weight", axes: 4)
        else {
            throw ConversionError(
                format, .otherFormat(expected: "main.0.weight and main.3.weight with four axes"))
        }
        guard count <= 9 else {
            throw ConversionError(format, .impossible(why: "\(count) layers are too many"))
        }
        let settings = DCGANSettings(latent: first[0], width: last[0])
        try tensors.check(settings)
        let side = 4 << (count - 1)
        return ConvertedModel(
            architecture: .dcgan(settings), imageShape: [last[1], side, side],
            bits: try options.depth(8, format),
            weights: try weights(settings, layers: count, channels: last[1]),
            notes: ["its pictures in [-1, 1] are brought to [0, 1]"])
    }

    private func weights(
        _ settings: DCGANSettings, layers: Int, channels: Int
    ) throws -> [String: HostArray] {
        var transfer = tensors
        var inputs = settings.latent
        for layer in 0..<layers {
            let isLast = layer == layers - 1
            let outputs = isLast ? channels : settings.width << (layers - 2 - layer)
            try transfer.move(
                "main.\(3 * layer).weight", [inputs, outputs, 4, 4],
                to: "layers.\(layer).weight")
            if !isLast {
                try transfer.moveNorm(
                    "main.\(3 * layer + 1)", outputs, to: "layers.\(layer).norm")
            }
            inputs = outputs
        }
        try transfer.finish()
        return transfer.weights
    }
}

extension TensorTransfer {
    fileprivate mutating func moveNorm(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let pairs = [
            ("weight", "scale"), ("bias", "shift"), ("running_mean", "mean"),
            ("running_var", "variance"),
        ]
        for (theirs, ours) in pairs {
            try move("\(name).\(theirs)", [channels], to: "\(target).\(ours)")
        }
        leave("\(name).num_batches_tracked")
    }
}
