internal import YAML

/// What an unfolded network learns from, and how.
package struct UnfoldingSpec: Equatable, Sendable {
    /// The steps of the measurement, as in a job.
    package var forward: [ForwardSpec]
    /// The noise of the measurement, as in a job.
    package var noise: NoiseSpec
    /// The learning rate of steps and shrinkages where that of all others is at its peak.
    package var foldRate: Double
    /// Whether activations are computed again instead of kept.
    package var recomputes: Bool

    package init(
        forward: [ForwardSpec] = [.identity], noise: NoiseSpec = .none, foldRate: Double = 0.01,
        recomputes: Bool = true
    ) {
        self.forward = forward
        self.noise = noise
        self.foldRate = foldRate
        self.recomputes = recomputes
    }

    static var rule: Rule<UnfoldingSpec> {
        .record(
            UnfoldingSpec(),
            [
                .setting(
                    "forward", \.forward, linearSteps,
                    "The steps of the measurement, applied from top to bottom."),
                .setting("noise", \.noise, simpleNoise, "What is added to the measurement."),
                .setting(
                    "fold_rate", \.foldRate, .number(.above(0, to: 10)),
                    "The learning rate of steps and shrinkages, where the others' is at its peak."),
                .setting(
                    "recompute", \.recomputes, .boolean,
                    "Whether activations are computed again instead of kept: less memory, the same "
                        + "gradients, a third more time."),
            ])
    }

    private static var linearSteps: Rule<[ForwardSpec]> {
        ForwardSpec.steps.refusing { steps, _ in
            steps.allSatisfy(\.isLinear)
                ? nil
                : (
                    "has a step that is not linear in the picture",
                    "leave out sign and quantize: an unfolded network needs the transposed matrix"
                )
        }
    }

    private static var simpleNoise: Rule<NoiseSpec> {
        NoiseSpec.rule.refusing { noise, _ in
            noise.isDrawable
                ? nil
                : (
                    "is a noise that needs a model or is not known",
                    "write none, gaussian with its std, sine, radial, laplace, student_t or poisson"
                )
        }
    }
}

extension NoiseSpec {
    /// Whether it can be drawn from its settings alone.
    fileprivate var isDrawable: Bool {
        switch self {
        case .flow, .digits: false
        case .sum(let parts): parts.allSatisfy(\.isDrawable)
        case .gaussian, .sine, .radial: level?.isUnknown != true
        case .none, .laplace, .studentT, .poisson: true
        }
    }
}
