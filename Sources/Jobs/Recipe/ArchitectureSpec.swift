/// Which network a recipe trains.
package enum ArchitectureSpec: Equatable, Sendable {
    case realNVP(RealNVPSpec)
    case glow(GlowSpec)
    case dcgan(DCGANSpec)
    case vae(VAESpec)
    case unfolded(UnfoldedArchitectureSpec)
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
    /// The prior of what leaves a level.
    package enum Prior: String, CaseIterable, Sendable {
        case standard, learned
    }

    /// The scale of a coupling: from 0.05 to 1, or Glow's sigmoid, which may vanish.
    package enum Scale: String, CaseIterable, Sendable {
        case bounded, sigmoid
    }

    /// The matrix of the 1×1 convolution as it is, or as triangular factors.
    package enum Mixing: String, CaseIterable, Sendable {
        case plain, lu
    }

    /// What a coupling does: scale and shift, or shift only.
    package enum Coupling: String, CaseIterable, Sendable {
        case affine, additive
    }

    package var levels: Int
    /// Flow steps in every level but the last.
    package var steps: Int
    /// Flow steps in the last level; nil is `steps`.
    package var lastSteps: Int?
    /// Channels inside a coupling network.
    package var hidden: Int
    /// The prior of the half that leaves at every level but the last.
    package var splitPrior: Prior
    /// The prior of what is left in the end.
    package var topPrior: Prior
    package var scale: Scale
    package var mixing: Mixing
    package var coupling: Coupling

    package init(
        levels: Int, steps: Int, lastSteps: Int? = nil, hidden: Int,
        splitPrior: Prior = .standard, topPrior: Prior = .standard, scale: Scale = .bounded,
        mixing: Mixing = .plain, coupling: Coupling = .affine
    ) {
        self.levels = levels
        self.steps = steps
        self.lastSteps = lastSteps
        self.hidden = hidden
        self.splitPrior = splitPrior
        self.topPrior = topPrior
        self.scale = scale
        self.mixing = mixing
        self.coupling = coupling
    }
}
