import Arrays
import Tensors

/// From chrischute's names to ours.
///
/// `flows[.next_block]….in_couplings.{i}` are checkerboards, `.out_couplings.{i}` channel-wise.
struct RealNVPConversion {
    private let tensors: TensorTransfer
    private let options: ConversionOptions
    private let format = CheckpointFormat.realNVP

    init(_ tensors: [String: HostArray], _ options: ConversionOptions) {
        self.tensors = TensorTransfer(tensors, .realNVP, marker: "flows.")
        self.options = options
    }

    /// - Throws: `ConversionError` or `TorchError`.
    func model() throws -> ConvertedModel {
        let net = "flows.in_couplings.0.st_net"
        guard let norm = tensors.shape(of: "\(net).in_norm.weight", axes: 1),
            let inner = tensors.shape(of: tensors.direction("\(net).in_conv.conv"), axes: 4)
        else {
            throw ConversionError(
                format, .otherFormat(expected: "\(net).in_norm.weight and …in_conv.conv.weight_v"))
        }
        var transfer = tensors
        let settings = BatchNormRealNVPSettings(
            scales: scales(), blocks: tensors.numbers(after: "\(net).blocks.").count,
            width: inner[0], margin: try margin(&transfer))
        try tensors.check(settings)
        for scale in 0..<settings.scales {
            try transfer.moveScale(scale, settings, channels: norm[0] << scale)
        }
        try transfer.finish()
        return ConvertedModel(
            architecture: .batchNormRealNVP(settings),
            imageShape: [norm[0]] + (try options.requiredSize(format)),
            bits: try options.depth(8, format), weights: transfer.weights)
    }

    private func scales() -> Int {
        var (count, place) = (1, "flows.next_block.")
        while tensors.names.contains(where: { $0.hasPrefix(place) }) {
            count += 1
            place += "next_block."
        }
        return count
    }

    /// The width of the logit, 1 − 2α, is stored.
    private func margin(_ transfer: inout TensorTransfer) throws(TorchError) -> Double {
        guard tensors.has("data_constraint"),
            let width = try transfer.take("data_constraint", [1])
        else { return 0.05 }
        // Stored in single precision, meant in decimals.
        return ((1 - (try width.item())) / 2 * 1e6).rounded() / 1e6
    }
}

extension TensorTransfer {
    /// The names of the direction and the magnitude of a normalised weight, by the age of PyTorch.
    func direction(_ name: String) -> String { normalized(name).direction }

    private func normalized(_ name: String) -> (direction: String, magnitude: String) {
        let newer = "\(name).parametrizations.weight.original"
        return has("\(newer)1")
            ? ("\(newer)1", "\(newer)0") : ("\(name).weight_v", "\(name).weight_g")
    }

    fileprivate mutating func moveScale(
        _ scale: Int, _ settings: BatchNormRealNVPSettings, channels: Int
    ) throws(TorchError) {
        let name = "flows" + String(repeating: ".next_block", count: scale)
        let target = "scales.\(scale)"
        let isLast = scale == settings.scales - 1
        let width = settings.width << scale
        for index in 0..<(isLast ? 4 : 3) {
            try moveCoupling(
                "\(name).in_couplings.\(index)", channels, width, settings.blocks,
                to: "\(target).checkerboard.\(index)")
        }
        guard !isLast else { return }
        for index in 0..<3 {
            try moveCoupling(
                "\(name).out_couplings.\(index)", channels * 2, width * 2, settings.blocks,
                to: "\(target).channels.\(index)")
        }
    }

    private mutating func moveCoupling(
        _ name: String, _ channels: Int, _ width: Int, _ blocks: Int, to target: String
    ) throws(TorchError) {
        let (net, network) = ("\(name).st_net", "\(target).network")
        try moveNorm("\(net).in_norm", channels, to: "\(network).input_norm")
        try moveNormalized(
            "\(net).in_conv.conv", [width, 2 * channels, 3, 3], to: "\(network).input")
        try moveNormalized(
            "\(net).in_skip.conv", [width, width, 1, 1], to: "\(network).input_skip")
        for index in 0..<blocks {
            let (block, place) = ("\(net).blocks.\(index)", "\(network).blocks.\(index)")
            let shape = [width, width, 3, 3]
            try moveNorm("\(block).in_norm", width, to: "\(place).first_norm")
            try moveNormalized(
                "\(block).in_conv.conv", shape, hasBias: false, to: "\(place).first")
            try moveNorm("\(block).out_norm", width, to: "\(place).second_norm")
            try moveNormalized("\(block).out_conv.conv", shape, to: "\(place).second")
            try moveNormalized(
                "\(net).skips.\(index).conv", [width, width, 1, 1], to: "\(place).skip")
        }
        try moveNorm("\(net).out_norm", width, to: "\(network).output_norm")
        try moveNormalized(
            "\(net).out_conv.conv", [2 * channels, width, 1, 1], to: "\(network).output")
        try moveRescale("\(name).rescale", channels, to: "\(target).rescale")
    }

    private mutating func moveNorm(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        try move("\(name).weight", [channels], to: "\(target).scale")
        try move("\(name).bias", [channels], to: "\(target).shift")
        try move("\(name).running_mean", [channels], to: "\(target).mean")
        try move("\(name).running_var", [channels], to: "\(target).variance")
        leave("\(name).num_batches_tracked")
    }

    private mutating func moveNormalized(
        _ name: String, _ shape: [Int], hasBias: Bool = true, to target: String
    ) throws(TorchError) {
        let names = normalized(name)
        try move(names.direction, shape, to: "\(target).direction")
        try move(names.magnitude, [shape[0], 1, 1, 1], to: "\(target).magnitude")
        if hasBias { try move("\(name).bias", [shape[0]], to: "\(target).bias") }
    }

    /// A number per channel with weight normalisation: the magnitude with the direction's sign.
    private mutating func moveRescale(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let names = normalized(name)
        let shape = [channels, 1, 1]
        let direction = try take(names.direction, shape)
        let magnitude = try take(names.magnitude, shape)
        guard let direction, let magnitude else { return }
        try put(magnitude * direction.sign(), as: target)
    }
}
