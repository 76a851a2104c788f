internal import YAML

/// The hyper-parameters of an unfolded network.
package struct UnfoldedArchitectureSpec: Equatable, Sendable {
    /// What the last fold does after its step: the same as the others, or nothing.
    package enum LastFold: String, CaseIterable, Sendable {
        case shrink, literal
    }

    /// What a shrinkage is for: all latents of a fold, or those of one level of the flow.
    package enum Shrinkages: String, CaseIterable, Sendable {
        case one, levels
    }

    package var folds: Int
    package var proximal: ProximalSpec
    package var lastFold: LastFold
    package var shrinkages: Shrinkages
    /// What every shrinkage λ is before training.
    package var shrinkage: Double
    /// What the steps of all folds but the first are before training; nil is 1, or that of the fold of
    /// which they are copies.
    package var step: Double?

    package init(
        folds: Int, proximal: ProximalSpec, lastFold: LastFold = .shrink,
        shrinkages: Shrinkages = .one, shrinkage: Double = 0.1, step: Double? = nil
    ) {
        self.folds = folds
        self.proximal = proximal
        self.lastFold = lastFold
        self.shrinkages = shrinkages
        self.shrinkage = shrinkage
        self.step = step
    }

    static var rule: Rule<UnfoldedArchitectureSpec> {
        .record(
            UnfoldedArchitectureSpec(folds: 5, proximal: .resnet(ResNetSpec())),
            [
                .setting(
                    "folds", \.folds, .integer(in: 1...1000), "How often the picture changes."),
                .required(
                    "proximal", \.proximal, ProximalSpec.rule,
                    "The network between two steps towards the measurement."),
                .setting(
                    "last_fold", \.lastFold, .word(LastFold.self),
                    "What the last fold does after its step: the same, or nothing (eq. 12 as written)."
                ),
                .setting(
                    "shrinkages", \.shrinkages, .word(Shrinkages.self),
                    "Whether a fold of a flow has one shrinkage, or one for every level."),
                .setting(
                    "shrinkage", \.shrinkage, .number(.above(0, to: 1000)),
                    "What every shrinkage is before training."),
                .optional(
                    "step", \.step, .number(.from(0, to: 2)),
                    "What the steps of all folds but the first are before training, in units of 1/‖A‖²; "
                        + "1 when left out. Below 1 where every pixel is measured by itself."),
            ]
        ).refusing { spec, _ in
            spec.folds > 1 || spec.lastFold == .shrink
                ? nil
                : (
                    "has one fold, and nothing after its step",
                    "write last_fold: shrink, or more folds"
                )
        }
    }
}
