internal import YAML

extension ArchitectureSpec {
    static var rule: Rule<ArchitectureSpec> {
        .choice([
            .method("real_nvp", RealNVPSpec.rule, "Dinh, Sohl-Dickstein, Bengio 2017.") {
                .realNVP($0)
            },
            .method("glow", GlowSpec.rule, "Kingma, Dhariwal 2018.") { .glow($0) },
            .method("dcgan", DCGANSpec.rule, "Radford, Metz, Chintala 2016.") { .dcgan($0) },
            .method("vae", VAESpec.rule, "Kingma, Welling 2014.") { .vae($0) },
            .method("unfolded", UnfoldedArchitectureSpec.rule, "Wei et al. 2022.") {
                .unfolded($0)
            },
        ]) { architecture in
            switch architecture {
            case .realNVP(let settings): Choice("real_nvp", RealNVPSpec.rule.write(settings))
            case .glow(let settings): Choice("glow", GlowSpec.rule.write(settings))
            case .dcgan(let settings): Choice("dcgan", DCGANSpec.rule.write(settings))
            case .vae(let settings): Choice("vae", VAESpec.rule.write(settings))
            case .unfolded(let settings):
                Choice("unfolded", UnfoldedArchitectureSpec.rule.write(settings))
            }
        }
    }
}

extension RealNVPSpec {
    static var rule: Rule<RealNVPSpec> {
        .record(
            RealNVPSpec(scales: 1, blocks: 1, width: 1),
            [
                .required("scales", \.scales, .integer(in: 1...10), "The number of scales."),
                .required(
                    "blocks", \.blocks, .integer(in: 1...100),
                    "Residual blocks in every coupling network."),
                .required(
                    "width", \.width, .integer(in: 1...4096),
                    "Channels inside the coupling networks."),
                .setting(
                    "margin", \.margin, .number(.above(0, to: 0.4)),
                    "The margin of the logit that pictures go through."),
            ])
    }
}

extension GlowSpec {
    static var rule: Rule<GlowSpec> {
        .record(
            GlowSpec(levels: 1, steps: 1, hidden: 1),
            [
                .required("levels", \.levels, .integer(in: 1...10), "The number of levels."),
                .required("steps", \.steps, .integer(in: 1...1000), "Flow steps in a level."),
                .optional(
                    "last_steps", \.lastSteps, .integer(in: 1...1000),
                    "Flow steps in the last level; steps when left out."),
                .required(
                    "hidden", \.hidden, .integer(in: 1...4096),
                    "Channels inside a coupling network."),
                .setting(
                    "split_prior", \.splitPrior, .word(Prior.self),
                    "The prior of what leaves between levels."),
                .setting(
                    "top_prior", \.topPrior, .word(Prior.self),
                    "The prior of what is left in the end."),
                .setting(
                    "scale", \.scale, .word(Scale.self), "The scale of an affine coupling."),
                .setting(
                    "mixing", \.mixing, .word(Mixing.self),
                    "The matrix of the 1×1 convolution: as it is, or as triangular factors."),
                .setting(
                    "coupling", \.coupling, .word(Coupling.self),
                    "What a coupling does: scale and shift, or shift only."),
            ])
    }
}
