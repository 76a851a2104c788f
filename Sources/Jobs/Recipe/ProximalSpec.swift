internal import YAML

/// Which network stands between two steps of an unfolded network.
package enum ProximalSpec: Equatable, Sendable {
    case realNVP(RealNVPSpec)
    case glow(GlowSpec)
    case resnet(ResNetSpec)
    case unet(UNetSpec)

    static var rule: Rule<ProximalSpec> {
        .choice([
            .method("glow", GlowSpec.rule, "Kingma, Dhariwal 2018.") { .glow($0) },
            .method("real_nvp", RealNVPSpec.rule, "Dinh, Sohl-Dickstein, Bengio 2017.") {
                .realNVP($0)
            },
            .method("resnet", ResNetSpec.rule, "Mardani et al. 2018.") { .resnet($0) },
            .method("unet", UNetSpec.rule, "Ronneberger, Fischer, Brox 2015.") { .unet($0) },
        ]) { proximal in
            switch proximal {
            case .realNVP(let settings): Choice("real_nvp", RealNVPSpec.rule.write(settings))
            case .glow(let settings): Choice("glow", GlowSpec.rule.write(settings))
            case .resnet(let settings): Choice("resnet", ResNetSpec.rule.write(settings))
            case .unet(let settings): Choice("unet", UNetSpec.rule.write(settings))
            }
        }
    }
}

/// The hyper-parameters of a residual network between the folds.
package struct ResNetSpec: Equatable, Sendable {
    package var width: Int
    package var blocks: Int

    package init(width: Int = 128, blocks: Int = 2) {
        self.width = width
        self.blocks = blocks
    }

    static var rule: Rule<ResNetSpec> {
        .record(
            ResNetSpec(),
            [
                .setting("width", \.width, .integer(in: 1...4096), "Channels inside the network."),
                .setting("blocks", \.blocks, .integer(in: 0...100), "Residual blocks."),
            ])
    }
}

/// The hyper-parameters of a U-Net between the folds.
package struct UNetSpec: Equatable, Sendable {
    package var width: Int

    package init(width: Int = 64) {
        self.width = width
    }

    static var rule: Rule<UNetSpec> {
        .record(
            UNetSpec(),
            [
                .setting(
                    "width", \.width, .integer(in: 1...1024),
                    "Channels at full size; every halving doubles them.")
            ])
    }
}
