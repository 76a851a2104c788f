package import Tensors

/// The hyper-parameters of a Glow.
package struct GlowSettings: Codable, Sendable, Equatable {
    /// The prior of the half that leaves at every level but the last.
    package enum SplitPrior: String, Codable, Sendable {
        case standard, learned
    }

    /// The scale of a coupling: from 0.05 to 1, or Glow's sigmoid(u + 2), which may vanish.
    package enum Scale: String, Codable, Sendable {
        case bounded, sigmoid
    }

    package var levels: Int
    /// Flow steps in every level but the last.
    package var steps: Int
    package var lastSteps: Int
    /// Channels inside a coupling network.
    package var hidden: Int
    package var splitPrior: SplitPrior
    package var scale: Scale

    package init(
        levels: Int, steps: Int, lastSteps: Int, hidden: Int,
        splitPrior: SplitPrior = .standard, scale: Scale = .bounded
    ) {
        self.levels = levels
        self.steps = steps
        self.lastSteps = lastSteps
        self.hidden = hidden
        self.splitPrior = splitPrior
        self.scale = scale
    }

    enum CodingKeys: String, CodingKey {
        case levels, steps, hidden, scale
        case lastSteps = "last_steps"
        case splitPrior = "split_prior"
    }
}

extension Flow {
    /// A Glow over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// Kingma, Dhariwal 2018. <https://arxiv.org/abs/1807.03039>
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func glow(
        _ settings: GlowSettings, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        var (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        var levels: [Level] = []
        var latents: [[Int]] = []
        let scale: ScaleMap =
            settings.scale == .bounded ? .limited(floor: 0.05) : .sigmoid(offset: 2, extra: 0)
        for index in 0..<settings.levels {
            let isLast = index == settings.levels - 1
            (channels, height, width) = (channels * 4, height / 2, width / 2)
            let place = scope / "levels" / index
            var parts: [any Bijection] = [Squeeze(.byChannel)]
            for step in 0..<(isLast ? settings.lastSteps : settings.steps) {
                parts.append(
                    try GlowStep(
                        channels: channels, hidden: settings.hidden, scaleMap: scale,
                        in: place / "steps" / step))
            }
            if !isLast { channels /= 2 }
            latents.append([channels, height, width])
            let exit = try isLast ? .all : settings.exit(channels, in: place / "prior")
            levels.append(Level(parts, exit: exit))
        }
        return Flow(imageShape: imageShape, support: .everywhere, levels: levels, latents: latents)
    }
}

extension GlowSettings {
    fileprivate func exit(
        _ channels: Int, in scope: ParameterScope
    ) throws(TorchError) -> Level.Exit {
        switch splitPrior {
        case .standard: .half
        case .learned: .halfGiven(try SplitPriorNetwork(channels: channels, in: scope))
        }
    }
}
