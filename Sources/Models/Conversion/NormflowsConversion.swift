import Arrays
import Tensors

/// From normflows' names to ours.
///
/// `flows.{level}.{step}`, level 0 the deepest and step 0 the last on the way to the latents,
/// because its flows go from latents to pictures.
struct NormflowsConversion {
    private let tensors: TensorTransfer
    private let options: ConversionOptions
    private let format = CheckpointFormat.normflows

    init(_ tensors: [String: HostArray], _ options: ConversionOptions) {
        self.tensors = TensorTransfer(tensors, .normflows, marker: "q0.")
        self.options = options
    }

    /// The model; how it scales is said, or detected, and is its program's default in doubt.
    ///
    /// - Throws: `ConversionError` or `TorchError`.
    func model() throws -> ConvertedModel {
        let layout = try NormflowsLayout(tensors)
        guard layout.settings.coupling == .affine, options.scale == nil else {
            return try model(layout, options.scale ?? .sigmoid)
        }
        let scales = NormflowsSettings.Scale.allCases
        let candidates = try scales.map { try model(layout, $0) }
        let names = scales.map(\.rawValue)
        let detection = try VariantProbe(options: options).detection(
            among: candidates, names: names, sharesWeights: false, format)
        let best = detection.candidates.first.flatMap { names.firstIndex(of: $0.name) } ?? 0
        var chosen = candidates[detection.isClear ? best : 0]
        chosen.detection = detection
        chosen.notes.append(detection.sentence)
        if !detection.isClear {
            chosen.notes.append("the margin is small: taken is sigmoid; say --scale otherwise")
        }
        return chosen
    }

    private func model(
        _ layout: NormflowsLayout, _ scale: NormflowsSettings.Scale
    ) throws -> ConvertedModel {
        var settings = layout.settings
        settings.scale = scale
        return ConvertedModel(
            architecture: .normflows(settings), imageShape: layout.imageShape,
            bits: try options.depth(8, format), weights: try weights(layout, scale))
    }

    private func weights(
        _ layout: NormflowsLayout, _ scale: NormflowsSettings.Scale
    ) throws -> [String: HostArray] {
        var transfer = tensors
        let settings = layout.settings
        let label = try label(classes: layout.classes)
        for (level, latents) in layout.latents.enumerated() {
            let isTop = level == settings.levels - 1
            let theirs = settings.levels - 1 - level
            for step in 0..<settings.steps {
                try transfer.moveStep(
                    "flows.\(theirs).\(settings.steps - 1 - step).flows",
                    isTop ? latents[0] : latents[0] * 2, settings, scale,
                    to: "levels.\(level).steps.\(step)")
            }
            for (name, target) in [("loc", "mean"), ("log_scale", "log_scale")] {
                try transfer.move(
                    "q0.\(theirs).\(name)", layout.momentShape(of: latents),
                    to: "levels.\(level).prior.\(target)"
                ) { (moments) throws(TorchError) in
                    guard let label else { return try moments.element(0) }
                    return try moments.element(label, along: 3)
                }
            }
        }
        try transfer.finish()
        return transfer.weights
    }

    /// The class to model, nil when there are none.
    private func label(classes: Int?) throws(ConversionError) -> Int? {
        guard let classes else {
            guard options.label == nil else {
                throw ConversionError(
                    format, .wrongOption("--class", why: "this model has no classes"))
            }
            return nil
        }
        guard let label = options.label else {
            throw ConversionError(
                format,
                .missingOption(
                    "--class",
                    why: "the model has \(classes) classes, 0 to \(classes - 1), of which one "
                        + "becomes a model"))
        }
        guard (0..<classes).contains(label) else {
            throw ConversionError(
                format,
                .wrongOption("--class", why: "is \(label), must be from 0 to \(classes - 1)"))
        }
        return label
    }
}

extension TensorTransfer {
    fileprivate mutating func moveStep(
        _ name: String, _ channels: Int, _ settings: NormflowsSettings,
        _ scale: NormflowsSettings.Scale, to target: String
    ) throws(TorchError) {
        try moveNetwork(
            "\(name).0.flows.1.param_map.net", channels, settings, scale,
            to: "\(target).coupling.network")
        switch settings.mixing {
        case .plain:
            try move("\(name).1.W", [channels, channels], to: "\(target).mixing.matrix")
        case .lu:
            try moveFactors("\(name).1", channels, to: "\(target).mixing")
        }
        let shape = [1, channels, 1, 1]
        let negated: Change = { (tensor) throws(TorchError) in try -tensor }
        try move("\(name).2.t", shape, to: "\(target).actnorm.shift", negated)
        try move("\(name).2.s", shape, to: "\(target).actnorm.log_scale", negated)
        leave("\(name).2.data_dep_init_done")
    }

    private mutating func moveFactors(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let square = [channels, channels]
        try move("\(name).P", square, to: "\(target).permutation")
        try move("\(name).L", square, to: "\(target).lower")
        try move("\(name).U", square, to: "\(target).upper")
        try move("\(name).sign_S", [channels], to: "\(target).signs")
        try move("\(name).log_S", [channels], to: "\(target).log_diagonal")
        leave("\(name).eye")
    }

    /// A network, whose shifts are its even channels and are subtracted, its scales the odd ones.
    private mutating func moveNetwork(
        _ name: String, _ channels: Int, _ settings: NormflowsSettings,
        _ scale: NormflowsSettings.Scale, to target: String
    ) throws(TorchError) {
        let (hidden, isNormed) = (settings.hidden, settings.networkNorms)
        let (second, last) = isNormed ? (3, 6) : (2, 4)
        try moveConvolution(
            "\(name).0", [hidden, channels / 2, 3, 3], hasBias: !isNormed, to: "\(target).conv1")
        try moveConvolution(
            "\(name).\(second)", [hidden, hidden, 1, 1], hasBias: !isNormed,
            to: "\(target).conv2")
        if isNormed {
            try moveNorm("\(name).1.actNorm", hidden, to: "\(target).actnorm1")
            try moveNorm("\(name).4.actNorm", hidden, to: "\(target).actnorm2")
        }
        let isAffine = settings.coupling == .affine
        try moveConvolution(
            "\(name).\(last)", [isAffine ? channels : channels / 2, hidden, 3, 3],
            to: "\(target).conv3"
        ) { (rows) throws(TorchError) in
            guard isAffine else { return try -rows }
            let scales = try rows.every(2, from: 1, along: 0)
            let shifts = try -rows.every(2, from: 0, along: 0)
            // It divides by exp(u).
            return try .concatenated(
                [scale == .exponential ? -scales : scales, shifts], along: 0)
        }
    }

    /// y · exp(s) + t as (y + t / exp(s)) · exp(s).
    private mutating func moveNorm(
        _ name: String, _ channels: Int, to target: String
    ) throws(TorchError) {
        let shape = [1, channels, 1, 1]
        try move("\(name).s", shape, to: "\(target).log_scale")
        leave("\(name).data_dep_init_done")
        guard let logScale = try take("\(name).s", shape), let shift = try take("\(name).t", shape)
        else { return }
        try put(shift * (-logScale).exp(), as: "\(target).shift")
    }
}
