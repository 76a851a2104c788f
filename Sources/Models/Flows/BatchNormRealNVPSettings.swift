package import Tensors

/// The hyper-parameters of a RealNVP of chrischute/real-nvp.
package struct BatchNormRealNVPSettings: FlowSettings {
    package var scales: Int
    /// Residual blocks in every coupling network.
    package var blocks: Int
    /// Channels inside the coupling networks of the first scale; twice as many after a squeeze.
    package var width: Int
    /// α of the logit that pictures go through.
    package var margin: Double

    package init(scales: Int, blocks: Int, width: Int, margin: Double = 0.05) {
        self.scales = scales
        self.blocks = blocks
        self.width = width
        self.margin = margin
    }
}

extension BatchNormRealNVPSettings {
    package var sideFactor: Int { 1 << (scales - 1) }

    package var isSensible: Bool {
        Architecture.depths.contains(scales) && Architecture.counts.contains(blocks)
            && (1...4096).contains(width) && margin > 0 && margin < 0.5
    }

    package var summary: String {
        "chrischute's RealNVP, scales: \(scales), residual blocks: \(blocks), width: \(width), "
            + "margin of the logit: \(margin)"
    }

    /// A RealNVP as in chrischute's program, over pictures of `imageShape`, its parameters in
    /// `scope`.
    ///
    /// Every scale but the last has three checkerboard couplings, a squeeze and three channel-wise
    /// couplings with twice the width; then two corners of every square go on and two leave. The
    /// last scale has four checkerboard couplings. What moves becomes (x + t) · exp(s).
    ///
    /// <https://github.com/chrischute/real-nvp>
    ///
    /// - Throws: `TorchError` when memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        var shape = imageShape
        var levels: [Level] = []
        var latents: [[Int]] = []
        for index in 0..<scales {
            let place = scope / "scales" / index
            let isLast = index == scales - 1
            var parts = try checkerboards(
                isLast ? 4 : 3, shape[0], width << index, in: place / "checkerboard")
            if !isLast {
                shape = [shape[0] * 4, shape[1] / 2, shape[2] / 2]
                parts.append(Squeeze(.byChannel))
                parts += try channelCouplings(
                    3, shape[0], width << (index + 1), in: place / "channels")
                parts.append(CornerGrouping())
                shape[0] /= 2
            }
            latents.append(shape)
            levels.append(Level(parts, exit: isLast ? .all : .half))
        }
        return Flow(
            imageShape: imageShape, support: .logit(margin: margin), levels: levels,
            latents: latents, parameterCount: scope.parameterCount)
    }

    private func checkerboards(
        _ count: Int, _ channels: Int, _ width: Int, in scope: ParameterScope
    ) throws(TorchError) -> [any Bijection] {
        var parts: [any Bijection] = []
        for index in 0..<count {
            parts += try coupling(
                index % 2 == 0 ? .evenSquares : .oddSquares, channels, width, in: scope / index)
        }
        return parts
    }

    private func channelCouplings(
        _ count: Int, _ channels: Int, _ width: Int, in scope: ParameterScope
    ) throws(TorchError) -> [any Bijection] {
        var parts: [any Bijection] = []
        for index in 0..<count {
            parts += try coupling(
                index % 2 == 0 ? .firstChannels : .secondChannels, channels / 2, width,
                in: scope / index)
        }
        return parts
    }

    /// A coupling that sees and moves `channels`.
    private func coupling(
        _ mask: CouplingMask, _ channels: Int, _ width: Int, in scope: ParameterScope
    ) throws(TorchError) -> [any Bijection] {
        let network = try SkipNetwork(
            inputs: channels, outputs: 2 * channels, width: width, blocks: blocks,
            gain: mask.isCheckerboard ? 2 : 1, in: scope / "network")
        let rescale = try scope.parameter("rescale", [channels, 1, 1], .constant(1))
        let form = AffineCoupling.Form(order: .shiftFirst, showsBoard: false)
        return [
            AffineCoupling(mask, .guarded(.rescaled(rescale)), network, form), Confinement(),
        ]
    }
}
