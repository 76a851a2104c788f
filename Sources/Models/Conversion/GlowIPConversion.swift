import Arrays
import Tensors

/// From GlowIP's names to ours.
///
/// `glow_modules.{i}` counts squeezes, flow steps and splits; only steps have tensors.
struct GlowIPConversion {
    private let tensors: TensorTransfer
    private let options: ConversionOptions
    private let format = CheckpointFormat.glowIP

    init(_ tensors: [String: HostArray], _ options: ConversionOptions) {
        self.tensors = TensorTransfer(tensors, .glowIP, marker: "glow_modules.")
        self.options = options
    }

    /// The model, in the variant that is asked for or else fits probe pictures best.
    ///
    /// - Throws: `ConversionError` or `TorchError`.
    func model() throws -> ConvertedModel {
        let layout = try GlowIPLayout(tensors)
        var base = ConvertedModel(
            architecture: .glowIP(layout.settings),
            imageShape: [layout.imageChannels] + (try options.requiredSize(format)),
            bits: try options.depth(5, format),
            weights: try weights(layout))
        let readings = GlowIPReadings(options, layout.settings)
        guard readings.all.count > 1 else {
            base.architecture = .glowIP(readings.all.first ?? layout.settings)
            return base
        }
        return try detected(base, among: readings.all)
    }

    private func detected(
        _ base: ConvertedModel, among readings: [GlowIPSettings]
    ) throws -> ConvertedModel {
        let models = readings.map { settings in
            var model = base
            model.architecture = .glowIP(settings)
            return model
        }
        let names = readings.map(\.variant)
        let detection = try VariantProbe(options: options).detection(
            among: models, names: names, sharesWeights: true, format)
        let best = detection.candidates.first.flatMap { names.firstIndex(of: $0.name) } ?? 0
        var model = models[best]
        model.detection = detection
        model.notes.append(detection.sentence)
        if !detection.isClear {
            model.notes.append(
                "the margin is small: say --squeeze and --last-bias when you know them")
        }
        return model
    }

    private func weights(_ layout: GlowIPLayout) throws -> [String: HostArray] {
        var transfer = tensors
        for step in layout.steps {
            try move(step, hidden: layout.settings.hidden, layout.settings.coupling, &transfer)
        }
        try transfer.finish()
        return transfer.weights
    }

    private func move(
        _ step: GlowIPLayout.Step, hidden: Int, _ coupling: GlowSettings.Coupling,
        _ transfer: inout TensorTransfer
    ) throws(TorchError) {
        let (channels, from, to) = (step.channels, step.name, step.target)
        let net = "\(from).coupling.net"
        let network = "\(to).coupling.network"
        try transfer.moveNorm("\(from).actnorm", channels, to: "\(to).actnorm")
        try transfer.move(
            "\(from).invconv.W", [channels, channels, 1, 1], to: "\(to).mixing.matrix"
        ) { (matrix) throws(TorchError) in try matrix.reshaped(to: [channels, channels]) }
        let inner = [hidden, channels / 2, 3, 3]
        try transfer.moveConvolution("\(net).conv1", inner, to: "\(network).conv1")
        try transfer.moveNorm("\(net).actnorm1", hidden, to: "\(network).actnorm1")
        try transfer.moveConvolution(
            "\(net).conv2", [hidden, hidden, 1, 1], to: "\(network).conv2")
        try transfer.moveNorm("\(net).actnorm2", hidden, to: "\(network).actnorm2")
        // Scales are the even channels of an affine coupling's network, shifts the odd ones.
        let isAffine = coupling == .affine
        let outputs = isAffine ? channels : channels / 2
        let order: TensorTransfer.Change = { (rows) throws(TorchError) in
            isAffine ? try rows.evenRowsFirst() : rows
        }
        try transfer.moveConvolution(
            "\(net).conv3", [outputs, hidden, 3, 3], to: "\(network).conv3", order)
        try transfer.move("\(net).logs", [outputs, 1, 1], to: "\(network).log_scale", order)
    }
}

extension TensorTransfer {
    /// An actnorm's `b` and `logs`.
    fileprivate mutating func moveNorm(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let shape = [1, channels, 1, 1]
        try move("\(name).b", shape, to: "\(target).shift")
        try move("\(name).logs", shape, to: "\(target).log_scale")
    }
}
