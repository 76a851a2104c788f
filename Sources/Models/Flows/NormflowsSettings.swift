package import Tensors

/// The hyper-parameters of a Glow put together from the parts of normflows.
package struct NormflowsSettings: FlowSettings {
    /// The scale of a coupling, from picture to latent.
    package enum Scale: String, Codable, Sendable, CaseIterable {
        /// sigmoid(u + 2)
        case sigmoid
        /// 1 / sigmoid(u + 2)
        case inverseSigmoid = "sigmoid_inv"
        /// exp(u)
        case exponential = "exp"
    }

    package var levels: Int
    /// Flow steps in every level.
    package var steps: Int
    /// Channels inside a coupling network.
    package var hidden: Int
    package var coupling: GlowSettings.Coupling
    package var scale: Scale
    package var mixing: GlowStep.Form.Mixing
    /// Whether coupling networks have actnorms instead of biases.
    package var networkNorms: Bool

    package init(
        levels: Int, steps: Int, hidden: Int, coupling: GlowSettings.Coupling = .affine,
        scale: Scale = .sigmoid, mixing: GlowStep.Form.Mixing = .lu, networkNorms: Bool = false
    ) {
        self.levels = levels
        self.steps = steps
        self.hidden = hidden
        self.coupling = coupling
        self.scale = scale
        self.mixing = mixing
        self.networkNorms = networkNorms
    }

    enum CodingKeys: String, CodingKey {
        case levels, steps, hidden, coupling, scale, mixing
        case networkNorms = "network_norms"
    }
}

extension NormflowsSettings {
    package var sideFactor: Int { 1 << levels }

    package var isSensible: Bool {
        Architecture.depths.contains(levels) && Architecture.counts.contains(steps)
            && Architecture.lengths.contains(hidden)
    }

    package var summary: String {
        "normflows' Glow, levels: \(levels), steps: \(steps), hidden channels: \(hidden), "
            + variant
    }

    /// What the file of the weights does not say.
    package var variant: String {
        coupling == .affine ? "scales by \(scale.rawValue)" : "additive couplings"
    }

    /// A Glow as in normflows' example, over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// The first half of the channels steers; the second becomes (x + t) · scale. Pictures are
    /// modelled as they are, and every number of the latents has a mean and a scale of its own.
    ///
    /// Stimper et al. 2023. <https://github.com/VincentStimper/normalizing-flows>
    ///
    /// - Throws: `TorchError` when memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        try GlowPlan(
            levels: levels, hidden: hidden, support: .unshifted, isConfined: true,
            steps: { _ in steps }, form: { _ in step },
            prior: { (place) throws(TorchError) in
                LatentPrior(
                    try FixedMoments(shape: place.latents, in: place.scope),
                    .guarded(.exponential))
            }
        ).flow(imageShape: imageShape, in: scope)
    }

    private var step: GlowStep.Form {
        GlowStep.Form(
            mixing: mixing, moving: .second,
            scale: coupling == .affine ? .guarded(scale.map) : nil, order: .shiftFirst,
            network: .init(hasNorms: networkNorms, hasBiases: !networkNorms, hasGain: false))
    }
}

extension NormflowsSettings.Scale {
    fileprivate var map: ScaleMap {
        switch self {
        case .sigmoid: .sigmoid(offset: 2, extra: 0)
        case .inverseSigmoid: .inverseSigmoid(offset: 2)
        case .exponential: .exponential
        }
    }
}
