internal import YAML

extension SolverSpec {
    static var rule: Rule<SolverSpec> {
        Rule.choice(iterative + others, write: \.choice)
    }

    private static var iterative: [Alternative<SolverSpec>] {
        [
            .method("map", MAPSpec.rule, "Maximum a posteriori.") { .map($0) },
            .method("mle", IterationSpec.rule, "Maximum likelihood.") { .mle($0) },
            .method("asim", AsimSpec.rule, "Asim et al. 2020.") { .asim($0) },
            .method("bora", BoraSpec.rule, "Bora et al. 2017.") { .bora($0) },
            .method("langevin", LangevinSpec.rule, "Samples of the posterior.") { .langevin($0) },
        ]
    }

    private static var others: [Alternative<SolverSpec>] {
        [
            .method("unfolded", UnfoldedSpec.rule, "A trained unfolded network.") {
                .unfolded($0)
            },
            .method(
                "plug_and_play", PlugAndPlaySpec.rule,
                "Proximal gradient descent with the prior as it is."
            ) { .plugAndPlay($0) },
            .method("lasso", LassoSpec.rule, "Few coefficients of a basis.") { .lasso($0) },
            .method("bm3d", BM3DForm.rule, "BM3D; CBM3D for colour.") {
                .bm3d(std: $0.std, strength: $0.strength)
            },
        ]
    }

    /// The method as it is written.
    var choice: Choice {
        switch self {
        case .map(let map): Choice("map", MAPSpec.rule.write(map))
        case .mle(let iteration): Choice("mle", IterationSpec.rule.write(iteration))
        case .asim(let asim): Choice("asim", AsimSpec.rule.write(asim))
        case .bora(let bora): Choice("bora", BoraSpec.rule.write(bora))
        case .langevin(let langevin): Choice("langevin", LangevinSpec.rule.write(langevin))
        case .unfolded(let network): Choice("unfolded", UnfoldedSpec.rule.write(network))
        case .plugAndPlay(let settings):
            Choice("plug_and_play", PlugAndPlaySpec.rule.write(settings))
        case .lasso(let lasso): Choice("lasso", LassoSpec.rule.write(lasso))
        case .bm3d(let std, let strength):
            Choice("bm3d", BM3DForm.rule.write(BM3DForm(std: std, strength: strength)))
        }
    }
}

/// The settings of `bm3d`.
private struct BM3DForm {
    var std: Double?
    var strength = 1.0

    static var rule: Rule<BM3DForm> {
        .record(
            BM3DForm(),
            [
                .setting(
                    "std", \.std, .word("auto", or: .deviation),
                    "The standard deviation; auto: that of the job's noise."),
                .setting(
                    "strength", \.strength, .number(.above(0, to: 100)),
                    "What the standard deviation is multiplied by."),
            ])
    }
}

extension IterationSpec {
    static var rule: Rule<IterationSpec> { .record(IterationSpec(), fields) }

    static var fields: [Field<IterationSpec>] {
        [
            .setting(
                "steps", \.steps, .word("auto", or: .integer(in: 1...1_000_000)),
                "The number of iterations."),
            .setting(
                "learning_rate", \.learningRate, .word("auto", or: .number(.above(0, to: 1000))),
                "The size of a step."),
            .setting("optimizer", \.optimizer, .word(Optimizer.self), "The optimiser."),
            .setting("init", \.start, .word(Start.self), "What the iteration begins with."),
            .setting(
                "restarts", \.restarts, .integer(in: 1...1000),
                "How often it is begun; the lowest objective is kept."),
            .setting("space", \.space, .word(Space.self), "What is optimised."),
        ]
    }

    /// The fields of a solver that has these among its own.
    static func lifted<Outer>(
        _ path: WritableKeyPath<Outer, IterationSpec>
    ) -> [Field<Outer>] {
        fields.map { $0.lifted(path) }
    }
}

extension Rule where Value == Double? {
    /// The weight of a prior or penalty.
    fileprivate static var weight: Rule {
        .word("auto", or: .number(.from(0, to: 1_000_000_000)))
    }
}

extension MAPSpec {
    static var rule: Rule<MAPSpec> {
        .record(
            MAPSpec(),
            [
                .setting(
                    "beta", \.beta, Weight.rule,
                    "The weight of the prior; auto: found by the strength of the noise; usual: "
                        + "what was measured to be good."),
                .setting(
                    "windows", \.windows, .word("none", or: WindowsSpec.rule),
                    "How pictures larger than those of the prior are seen."),
            ] + IterationSpec.lifted(\.iteration))
    }
}

extension MAPSpec.Weight {
    static var rule: Rule<MAPSpec.Weight> {
        let number = Rule<Double>.number(.above(0, to: 1_000_000_000))
        return Rule<Double??>.word("usual", or: .word("auto", or: number))
            .mapped(
                to: { word in
                    guard let word else { return .usual }
                    return word.map { .fixed($0) } ?? .auto
                },
                from: { weight in
                    switch weight {
                    case .usual: nil
                    case .auto: .some(nil)
                    case .fixed(let beta): beta
                    }
                })
    }
}

extension AsimSpec {
    static var rule: Rule<AsimSpec> {
        .record(
            AsimSpec(),
            [
                .setting("gamma", \.gamma, .weight, "The weight of the penalty."),
                .setting(
                    "squared", \.isSquared, .boolean,
                    "Whether the norm of the latent variables is squared."),
            ] + IterationSpec.lifted(\.iteration))
    }
}

extension BoraSpec {
    static var rule: Rule<BoraSpec> {
        .record(
            BoraSpec(),
            [.setting("lambda", \.lambda, .weight, "The weight of the penalty.")]
                + IterationSpec.lifted(\.iteration))
    }
}

extension LangevinSpec {
    static var rule: Rule<LangevinSpec> {
        .record(
            LangevinSpec(),
            [
                .setting("samples", \.samples, .integer(in: 2...1024), "Per picture."),
                .setting(
                    "steps", \.steps, .word("auto", or: .integer(in: 10...1_000_000)),
                    "The steps of every chain."),
                .setting(
                    "beta", \.beta, .word("auto", or: .number(.above(0, to: 1_000_000_000))),
                    "The weight of the prior; auto: 1."),
                .setting(
                    "space", \.space, .word(IterationSpec.Space.self), "Where chains move."),
            ])
    }
}

extension UnfoldedSpec {
    static var rule: Rule<UnfoldedSpec> {
        .record(
            UnfoldedSpec(model: ModelReference("")),
            [
                .required("model", \.model, .model, "The trained network."),
                .setting(
                    "allow_mismatch", \.allowsMismatch, .boolean,
                    "Whether it may be used for another measurement than it was trained for."),
            ])
    }
}

extension PlugAndPlaySpec {
    static var rule: Rule<PlugAndPlaySpec> {
        .record(
            PlugAndPlaySpec(),
            [
                .setting(
                    "steps", \.steps, .integer(in: 1...100_000), "The number of iterations."),
                .setting(
                    "step", \.step, .number(.above(0, to: 2)),
                    "The step towards the measurement, in units of 1/‖A‖²."),
                .setting(
                    "shrinkage", \.shrinkage, .number(.from(0, to: 1_000_000)),
                    "Latents are divided by 1 plus this."),
            ])
    }
}

extension LassoSpec {
    static var rule: Rule<LassoSpec> {
        .record(
            LassoSpec(),
            [
                .setting(
                    "lambda", \.lambda, .number(.from(0, to: 1_000_000_000)),
                    "The weight of the penalty."),
                .setting("basis", \.basis, .word(Basis.self), "The basis of the coefficients."),
            ])
    }
}
