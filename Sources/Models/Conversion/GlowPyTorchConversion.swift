import Arrays
import Tensors

/// From glow-pytorch's names to ours: `[module.]blocks.{level}.flows.{step}.…`.
struct GlowPyTorchConversion {
    private let tensors: TensorTransfer
    private let options: ConversionOptions
    private let format = CheckpointFormat.glowPyTorch

    init(_ tensors: [String: HostArray], _ options: ConversionOptions) {
        self.tensors = TensorTransfer(tensors, .glowPyTorch, marker: "blocks.")
        self.options = options
    }

    /// The model; whether matrices are factors is read level by level.
    ///
    /// - Throws: `ConversionError` or `TorchError`.
    func model() throws -> ConvertedModel {
        let place = "blocks.0.flows.0"
        guard let norm = tensors.shape(of: "\(place).actnorm.loc", axes: 4),
            let inner = tensors.shape(of: "\(place).coupling.net.0.weight", axes: 4),
            let outer = tensors.shape(of: "\(place).coupling.net.4.conv.weight", axes: 4)
        else {
            throw ConversionError(
                format, .otherFormat(expected: "\(place).actnorm.loc and …coupling.net.0.weight"))
        }
        let levels = tensors.numbers(after: "blocks.").count
        let settings = GlowPyTorchSettings(
            levels: levels, steps: tensors.numbers(after: "blocks.0.flows.").count,
            hidden: inner[0], coupling: outer[0] == norm[1] ? .affine : .additive,
            mixing: (0..<levels).map { level in
                tensors.has("blocks.\(level).flows.0.invconv.weight") ? .plain : .lu
            })
        try tensors.check(settings)
        return ConvertedModel(
            architecture: .glowPyTorch(settings),
            imageShape: [norm[1] / 4] + (try options.requiredSize(format)),
            bits: try options.depth(5, format),
            weights: try weights(settings, channels: norm[1]))
    }

    private func weights(
        _ settings: GlowPyTorchSettings, channels first: Int
    ) throws -> [String: HostArray] {
        var transfer = tensors
        var channels = first
        for level in 0..<settings.levels {
            for step in 0..<settings.steps {
                let (name, target) = (
                    "blocks.\(level).flows.\(step)", "levels.\(level).steps.\(step)"
                )
                try transfer.moveStep(name, channels, settings, level, to: target)
            }
            let isTop = level == settings.levels - 1
            try transfer.movePrior(
                "blocks.\(level).prior", isTop ? channels : channels / 2,
                to: "levels.\(level).prior")
            channels *= 2
        }
        try transfer.finish()
        return transfer.weights
    }
}

extension TensorTransfer {
    fileprivate mutating func moveStep(
        _ name: String, _ channels: Int, _ settings: GlowPyTorchSettings, _ level: Int,
        to target: String
    ) throws(TorchError) {
        let shape = [1, channels, 1, 1]
        try move("\(name).actnorm.loc", shape, to: "\(target).actnorm.shift")
        try move("\(name).actnorm.scale", shape, to: "\(target).actnorm.scale")
        leave("\(name).actnorm.initialized")
        switch settings.mixing[level] {
        case .plain:
            try move(
                "\(name).invconv.weight", [channels, channels, 1, 1], to: "\(target).mixing.matrix"
            ) { (matrix) throws(TorchError) in try matrix.reshaped(to: [channels, channels]) }
        case .lu:
            try moveFactors("\(name).invconv", channels, to: "\(target).mixing")
        }
        let (net, network) = ("\(name).coupling.net", "\(target).coupling.network")
        let (hidden, outputs) = (
            settings.hidden, settings.coupling == .affine ? channels : channels / 2
        )
        try moveConvolution("\(net).0", [hidden, channels / 2, 3, 3], to: "\(network).conv1")
        try moveConvolution("\(net).2", [hidden, hidden, 1, 1], to: "\(network).conv2")
        try moveConvolution("\(net).4.conv", [outputs, hidden, 3, 3], to: "\(network).conv3")
        try moveGain("\(net).4.scale", outputs, to: "\(network).log_scale")
    }

    private mutating func moveFactors(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let square = [channels, channels]
        try move("\(name).w_p", square, to: "\(target).permutation")
        try move("\(name).w_l", square, to: "\(target).lower")
        try move("\(name).w_u", square, to: "\(target).upper")
        try move("\(name).s_sign", [channels], to: "\(target).signs")
        try move("\(name).w_s", [channels], to: "\(target).log_diagonal")
        for mask in ["u_mask", "l_mask", "l_eye"] { leave("\(name).\(mask)") }
    }

    /// A prior, whose means come before its log-scales.
    fileprivate mutating func movePrior(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let order: Change = { (rows) throws(TorchError) in try rows.halvesExchanged() }
        try moveConvolution(
            "\(name).conv", [2 * channels, channels, 3, 3], to: "\(target).conv", order)
        try moveGain("\(name).scale", 2 * channels, to: "\(target).log_scale", order)
    }

    private mutating func moveGain(
        _ name: String, _ channels: Int, to target: String,
        _ change: Change = { (tensor) throws(TorchError) in tensor }
    ) throws(TorchError) {
        try move(name, [1, channels, 1, 1], to: target) { (gain) throws(TorchError) in
            try change(gain.reshaped(to: [channels, 1, 1]))
        }
    }
}
