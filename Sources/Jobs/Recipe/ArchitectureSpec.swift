/// Which network a recipe trains.
package enum ArchitectureSpec: Equatable, Sendable {
    case realNVP(RealNVPSpec)
    case glow(GlowSpec)
    case dcgan(DCGANSpec)
    case vae(VAESpec)
}

/// The hyper-parameters of a RealNVP.
package struct RealNVPSpec: Equatable, Sendable {
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

/// The hyper-parameters of a Glow.
package struct GlowSpec: Equatable, Sendable {
    /// The prior of the half that leaves at every level but the last.
    package enum SplitPrior: String, CaseIterable, Sendable {
        case standard, learned
    }

    /// The scale of a coupling: from 0.05 to 1, or Glow's sigmoid, which may vanish.
    package enum Scale: String, CaseIterable, Sendable {
        case bounded, sigmoid
    }

    package var levels: Int
    /// Flow steps in every level but the last.
    package var steps: Int
    /// Flow steps in the last level; nil is `steps`.
    package var lastSteps: Int?
    /// Channels inside a coupling network.
    package var hidden: Int
    package var splitPrior: SplitPrior
    package var scale: Scale

    package init(
        levels: Int, steps: Int, lastSteps: Int? = nil, hidden: Int,
        splitPrior: SplitPrior = .standard, scale: Scale = .bounded
    ) {
        self.levels = levels
        self.steps = steps
        self.lastSteps = lastSteps
        self.hidden = hidden
        self.splitPrior = splitPrior
        self.scale = scale
    }
}
