import Jobs
import Models
import Training

extension UnfoldedSettings {
    init(_ spec: UnfoldedArchitectureSpec) {
        self.init(
            folds: spec.folds, proximal: ProximalSettings(spec.proximal),
            lastFold: spec.lastFold == .shrink ? .shrink : .literal,
            shrinkages: spec.shrinkages == .one ? .one : .levels, shrinkage: spec.shrinkage,
            step: spec.step)
    }
}

extension ProximalSettings {
    fileprivate init(_ spec: ProximalSpec) {
        switch spec {
        case .realNVP(let spec): self = .flow(.realNVP(spec.settings))
        case .glow(let spec): self = .flow(.glow(spec.settings))
        case .resnet(let spec):
            self = .resnet(ResNetSettings(width: spec.width, blocks: spec.blocks))
        case .unet(let spec): self = .unet(UNetSettings(width: spec.width))
        }
    }
}

extension UnfoldingSettings {
    init(_ spec: UnfoldingSpec) {
        let text = MeasurementText(forward: spec.forward, noise: spec.noise)
        self.init(
            forward: text.forward, noise: text.noise, foldRate: spec.foldRate,
            recomputes: spec.recomputes)
    }
}
