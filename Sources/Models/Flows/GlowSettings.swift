package import Tensors

/// The hyper-parameters of a Glow.
package struct GlowSettings: FlowSettings {
    /// The prior of what leaves a level.
    package enum Prior: String, Codable, Sendable {
        case standard, learned
    }

    /// The scale of a coupling: from 0.05 to 1, or Glow's sigmoid(u + 2), which may vanish.
    package enum Scale: String, Codable, Sendable {
        case bounded, sigmoid
    }

    /// What a coupling does: scale and shift, or shift only.
    package enum Coupling: String, Codable, Sendable {
        case affine, additive
    }

    package var levels: Int
    /// Flow steps in every level but the last.
    package var steps: Int
    package var lastSteps: Int
    /// Channels inside a coupling network.
    package var hidden: Int
    /// The prior of the half that leaves at every level but the last.
    package var splitPrior: Prior
    /// The prior of what is left in the end.
    package var topPrior: Prior
    package var scale: Scale
    package var mixing: GlowStep.Form.Mixing
    package var coupling: Coupling

    package init(
        levels: Int, steps: Int, lastSteps: Int, hidden: Int,
        splitPrior: Prior = .standard, topPrior: Prior = .standard, scale: Scale = .bounded,
        mixing: GlowStep.Form.Mixing = .plain, coupling: Coupling = .affine
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

    enum CodingKeys: String, CodingKey {
        case levels, steps, hidden, scale, mixing, coupling
        case lastSteps = "last_steps"
        case splitPrior = "split_prior"
        case topPrior = "top_prior"
    }
}

extension GlowSettings {
    package var sideFactor: Int { 1 << levels }

    package var isSensible: Bool {
        Architecture.depths.contains(levels) && Architecture.lengths.contains(hidden)
            && [steps, lastSteps].allSatisfy(Architecture.counts.contains)
    }

    package var summary: String {
        "Glow, levels: \(levels), steps: \(steps) (\(lastSteps) in the last level), "
            + "hidden channels: \(hidden), \(coupling.rawValue) couplings"
    }

    /// A Glow over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// Kingma, Dhariwal 2018. <https://arxiv.org/abs/1807.03039>
    ///
    /// - Throws: `TorchError` when memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        try GlowPlan(
            levels: levels, hidden: hidden, steps: { $0 == levels - 1 ? lastSteps : steps },
            form: { _ in step },
            prior: { (place) throws(TorchError) in try prior(at: place) }
        ).flow(imageShape: imageShape, in: scope)
    }

    private var step: GlowStep.Form {
        let scale: ScaleMap =
            scale == .bounded ? .limited(floor: 0.05) : .sigmoid(offset: 2, extra: 0)
        return GlowStep.Form(mixing: mixing, scale: coupling == .affine ? scale : nil)
    }

    private func prior(at place: GlowPlan.Place) throws(TorchError) -> LatentPrior? {
        guard (place.isTop ? topPrior : splitPrior) == .learned else { return nil }
        let network: any Conditioner =
            if place.isTop {
                try FixedMoments(shape: [place.latents[0], 1, 1], in: place.scope)
            } else {
                try SplitPriorNetwork(channels: place.latents[0], in: place.scope)
            }
        // The bound keeps latents from overflowing.
        return LatentPrior(network, .bounded(4))
    }
}
