package import Tensors

/// The hyper-parameters of a RealNVP.
package struct RealNVPSettings: FlowSettings {
    package var scales: Int
    /// Residual blocks in every coupling network.
    package var blocks: Int
    /// Channels inside the coupling networks.
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

extension RealNVPSettings {
    package var sideFactor: Int { 1 << (scales - 1) }

    package var isSensible: Bool {
        Architecture.depths.contains(scales) && Architecture.counts.contains(blocks)
            && Architecture.lengths.contains(width) && margin > 0 && margin < 0.5
    }

    package var summary: String {
        "RealNVP, scales: \(scales), residual blocks: \(blocks), width: \(width), "
            + "margin of the logit: \(margin)"
    }

    /// A RealNVP over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// Every scale but the last has three checkerboard couplings, a squeeze and three channel-wise
    /// couplings, and every second channel leaves; the last has four checkerboard couplings.
    /// An actnorm before the first coupling and after each, where the paper has batch norms, lets
    /// training use high learning rates.
    ///
    /// Dinh, Sohl-Dickstein, Bengio 2017, section 3.6. <https://arxiv.org/abs/1605.08803>
    ///
    /// - Throws: `TorchError` when memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        var (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        var levels: [Level] = []
        var latents: [[Int]] = []
        for index in 0..<scales {
            let place = scope / "scales" / index
            let isLast = index == scales - 1
            var parts: [any Bijection] = []
            if index == 0 {
                parts.append(try ActNorm(channels: channels, in: scope / "actnorm"))
            }
            parts += try checkerboards(isLast ? 4 : 3, channels, in: place / "checkerboard")
            if !isLast {
                parts.append(Squeeze(.byChannel))
                (channels, height, width) = (channels * 4, height / 2, width / 2)
                parts += try channelCouplings(3, channels, in: place / "channels")
                parts.append(ChannelInterleave())
                channels /= 2
            }
            latents.append([channels, height, width])
            levels.append(Level(parts, exit: isLast ? .all : .half))
        }
        return Flow(
            imageShape: imageShape, support: .logit(margin: margin), levels: levels,
            latents: latents, parameterCount: scope.parameterCount)
    }
}

extension RealNVPSettings {
    private func checkerboards(
        _ count: Int, _ channels: Int, in scope: ParameterScope
    ) throws(TorchError) -> [any Bijection] {
        var couplings: [any Bijection] = []
        for index in 0..<count {
            couplings.append(
                try coupling(
                    index % 2 == 0 ? .oddSquares : .evenSquares, inputs: channels + 1,
                    moved: channels, in: scope / index))
            couplings.append(try ActNorm(channels: channels, in: scope / index / "actnorm"))
        }
        return couplings
    }

    private func channelCouplings(
        _ count: Int, _ channels: Int, in scope: ParameterScope
    ) throws(TorchError) -> [any Bijection] {
        var couplings: [any Bijection] = []
        for index in 0..<count {
            couplings.append(
                try coupling(
                    index % 2 == 0 ? .secondChannels : .firstChannels, inputs: channels / 2,
                    moved: channels / 2, in: scope / index))
            couplings.append(try ActNorm(channels: channels, in: scope / index / "actnorm"))
        }
        return couplings
    }

    private func coupling(
        _ mask: CouplingMask, inputs: Int, moved: Int, in scope: ParameterScope
    ) throws(TorchError) -> any Bijection {
        let network = try ResidualNetwork(
            inputs: inputs, outputs: 2 * moved, width: width, blocks: blocks,
            in: scope / "network")
        let rescale = try scope.parameter("rescale", [moved, 1, 1], .constant(1))
        return AffineCoupling(mask, .rescaled(rescale), network)
    }
}
