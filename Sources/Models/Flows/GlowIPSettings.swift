package import Tensors

/// The hyper-parameters of a Glow of Asim et al., and the conventions that its file does not name.
package struct GlowIPSettings: FlowSettings {
    /// How pictures become channels.
    package enum Squeezing: String, Codable, Sendable, CaseIterable {
        /// Every 2×2 square of pixels becomes four channels, at every level.
        case spaceToDepth = "space-to-depth"
        /// The memory is read as another shape, at every level but the last.
        case reshape
        /// The memory is read as another shape, at every level: the program of 2019.
        case reshapeAll = "reshape-all"
    }

    package var levels: Int
    /// Flow steps in every level but the last.
    package var steps: Int
    package var lastSteps: Int
    /// Channels inside a coupling network.
    package var hidden: Int
    package var coupling: GlowSettings.Coupling
    package var squeeze: Squeezing
    /// What is added to the scales of the couplings of every level but the last.
    package var couplingBias: Double
    /// What is added to the scales of the couplings of the last level.
    package var lastBias: Double

    package init(
        levels: Int, steps: Int, lastSteps: Int = 1, hidden: Int = 512,
        coupling: GlowSettings.Coupling = .affine, squeeze: Squeezing = .spaceToDepth,
        couplingBias: Double = 0, lastBias: Double = 0
    ) {
        self.levels = levels
        self.steps = steps
        self.lastSteps = lastSteps
        self.hidden = hidden
        self.coupling = coupling
        self.squeeze = squeeze
        self.couplingBias = couplingBias
        self.lastBias = lastBias
    }

    enum CodingKeys: String, CodingKey {
        case levels, steps, hidden, coupling, squeeze
        case lastSteps = "last_steps"
        case couplingBias = "coupling_bias"
        case lastBias = "last_bias"
    }
}

extension GlowIPSettings {
    package var sideFactor: Int { 1 << levels }

    package var isSensible: Bool {
        Architecture.depths.contains(levels) && Architecture.lengths.contains(hidden)
            && [steps, lastSteps].allSatisfy(Architecture.counts.contains)
            && [couplingBias, lastBias].allSatisfy((0...100).contains)
    }

    package var summary: String {
        "GlowIP's Glow, levels: \(levels), steps: \(steps) (\(lastSteps) in the last level), "
            + "hidden channels: \(hidden), \(coupling.rawValue) couplings, \(variant)"
    }

    /// What the file of the weights does not say.
    package var variant: String {
        var words = ["squeeze: \(squeeze.rawValue)"]
        if coupling == .affine {
            words.append("bias of the last level's couplings: \(number(lastBias))")
            if couplingBias != 0 { words.append("of the others: \(number(couplingBias))") }
        }
        return words.joined(separator: ", ")
    }

    /// A Glow as in Asim et al.'s program, over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// The second half of the channels steers, scales are sigmoid(u + 2) + bias, all latents are
    /// N(0, I).
    ///
    /// Asim, Daniels, Leong, Hand, Ahmed 2020. <https://github.com/CACTuS-AI/GlowIP>
    ///
    /// - Throws: `TorchError` when memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        let last = levels - 1
        return try GlowPlan(
            levels: levels, hidden: hidden, isConfined: true,
            squeeze: { squeeze.order(isLast: $0 == last) },
            steps: { $0 == last ? lastSteps : steps }, form: { step(isLast: $0 == last) }
        ).flow(imageShape: imageShape, in: scope)
    }

    private func step(isLast: Bool) -> GlowStep.Form {
        let bias = isLast ? lastBias : couplingBias
        return GlowStep.Form(
            scale: coupling == .affine ? .guarded(.sigmoid(offset: 2, extra: bias)) : nil)
    }

    private func number(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? String(value)
    }
}

extension GlowIPSettings.Squeezing {
    fileprivate func order(isLast: Bool) -> Squeeze.Order {
        switch self {
        case .spaceToDepth: .byChannel
        case .reshape: isLast ? .byChannel : .byMemory
        case .reshapeAll: .byMemory
        }
    }
}
