/// What the names and shapes of a normflows file say.
struct NormflowsLayout {
    /// With the scale of its program's default.
    let settings: NormflowsSettings
    /// Channels, height and width of a picture.
    let imageShape: [Int]
    /// The shapes of the latents, the finest level first.
    let latents: [[Int]]
    /// The number of classes, nil when the model knows none.
    let classes: Int?

    /// - Throws: `ConversionError` when there are no flows or no base distributions.
    init(_ tensors: TensorTransfer) throws(ConversionError) {
        let levels = tensors.numbers(after: "q0.").count
        let place = "flows.0.0.flows"
        let net = "\(place).0.flows.1.param_map.net"
        let hasNorms = tensors.has("\(net).1.actNorm.s")
        guard levels > 0, let base = tensors.shape(of: "q0.\(levels - 1).loc", axes: 4),
            let norm = tensors.shape(of: "\(place).2.s", axes: 4),
            let inner = tensors.shape(of: "\(net).0.weight", axes: 4),
            let outer = tensors.shape(of: "\(net).\(hasNorms ? 6 : 4).weight", axes: 4)
        else {
            throw ConversionError(
                tensors.format,
                .otherFormat(expected: "q0.0.loc, \(place).2.s and \(net).0.weight"))
        }
        let hasClasses = base[0] != 1
        let finest = Array(hasClasses ? base.prefix(3) : base.suffix(3))
        classes = hasClasses ? base[3] : nil
        settings = NormflowsSettings(
            levels: levels, steps: tensors.numbers(after: "flows.0.").count, hidden: inner[0],
            coupling: outer[0] == norm[1] ? .affine : .additive,
            mixing: tensors.has("\(place).1.W") ? .plain : .lu,
            networkNorms: hasNorms)
        try tensors.check(settings)
        let channels = finest[0] / (levels == 1 ? 4 : 2)
        imageShape = [channels, finest[1] * 2, finest[2] * 2]
        latents = Self.latents(of: imageShape, levels: levels)
    }

    /// The shape of `loc` and `log_scale` for latents of one level.
    func momentShape(of latents: [Int]) -> [Int] {
        classes.map { latents + [$0] } ?? [1] + latents
    }

    private static func latents(of imageShape: [Int], levels: Int) -> [[Int]] {
        var (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        return (0..<levels).map { level in
            (height, width) = (height / 2, width / 2)
            channels *= 2
            return [level == levels - 1 ? channels * 2 : channels, height, width]
        }
    }
}
