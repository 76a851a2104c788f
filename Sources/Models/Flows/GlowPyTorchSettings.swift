package import Tensors

/// The hyper-parameters of a Glow of rosinality/glow-pytorch.
package struct GlowPyTorchSettings: FlowSettings {
    package var levels: Int
    /// Flow steps in every level.
    package var steps: Int
    /// Channels inside a coupling network.
    package var hidden: Int
    package var coupling: GlowSettings.Coupling
    /// How the matrices of every level are stored; the program does the last always as factors.
    package var mixing: [GlowStep.Form.Mixing]

    package init(
        levels: Int, steps: Int, hidden: Int = 512, coupling: GlowSettings.Coupling = .additive,
        mixing: [GlowStep.Form.Mixing]
    ) {
        self.levels = levels
        self.steps = steps
        self.hidden = hidden
        self.coupling = coupling
        self.mixing = mixing
    }
}

extension GlowPyTorchSettings {
    package var sideFactor: Int { 1 << levels }

    package var isSensible: Bool {
        Architecture.depths.contains(levels) && Architecture.counts.contains(steps)
            && Architecture.lengths.contains(hidden) && mixing.count == levels
    }

    package var summary: String {
        "glow-pytorch's Glow, levels: \(levels), steps: \(steps), hidden channels: \(hidden), "
            + "\(coupling.rawValue) couplings"
    }

    /// A Glow as in rosinality's program, over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// The first half of the channels steers; the second becomes (x + t) · sigmoid(u + 2). Scales
    /// of actnorms may be negative, the last convolution of a network finds 1 beyond the edges,
    /// and the latents of every level have a learned prior.
    ///
    /// <https://github.com/rosinality/glow-pytorch>
    ///
    /// - Throws: `TorchError` when memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        try GlowPlan(
            levels: levels, hidden: hidden, isConfined: true, steps: { _ in steps },
            form: { step(mixing[$0]) },
            prior: { (place) throws(TorchError) in
                LatentPrior(
                    try SplitPriorNetwork(
                        channels: place.latents[0], border: 1, in: place.scope),
                    .guarded(.exponential))
            }
        ).flow(imageShape: imageShape, in: scope)
    }

    private func step(_ mixing: GlowStep.Form.Mixing) -> GlowStep.Form {
        GlowStep.Form(
            norm: .signed, mixing: mixing, moving: .second,
            scale: coupling == .affine ? .guarded(.sigmoid(offset: 2, extra: 0)) : nil,
            order: .shiftFirst, network: .init(hasNorms: false, border: 1))
    }
}
