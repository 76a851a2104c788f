package import Jobs
package import Models
package import Training

extension RecipeSpec {
    /// The recipe as the trainer follows it, with steps for epochs of `pictures` pictures and the
    /// paths of `folder`.
    package func trainingRecipe(pictures: Int, folder: String) -> TrainingRecipe {
        func place(_ path: String) -> String { Self.place(of: path, in: folder) }
        return TrainingRecipe(
            name: name, architecture: architecture.architecture, train: train.map(place),
            validation: validation.map(place), validationLimit: validationLimit, bits: bits,
            flips: flips, batch: batch, steps: steps(pictures: pictures),
            parts: parts, precision: precision.precision,
            adversary: AdversarySettings(
                width: adversary.width, reconstruction: adversary.reconstruction),
            unfolding: unfolding.map(UnfoldingSettings.init),
            beta1: beta1, patience: patience,
            schedule: learningRate.schedule, maximumGradientNorm: gradientNorm,
            weightNormPenalty: weightNormPenalty, averaging: averaging,
            validateEvery: validateEvery, seed: seed)
    }

    /// Where a data file of a recipe in `folder` is.
    static func place(of path: String, in folder: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }

    private func steps(pictures: Int) -> Int {
        switch length {
        case .steps(let steps): return steps
        case .epochs(let epochs):
            let (steps, overflow) = epochs.multipliedReportingOverflow(by: max(pictures / batch, 1))
            return overflow ? .max : steps
        }
    }
}

extension ArchitectureSpec {
    /// The network that the spec describes.
    package var architecture: Architecture {
        switch self {
        case .realNVP(let spec): .realNVP(spec.settings)
        case .glow(let spec): .glow(spec.settings)
        case .unfolded(let spec): .unfolded(UnfoldedSettings(spec))
        case .dcgan(let spec):
            .dcgan(DCGANSettings(latent: spec.latent, width: spec.width))
        case .vae(let spec):
            .vae(
                VAESettings(
                    layout: spec.layout.layout, hidden: spec.hidden, latent: spec.latent,
                    observation: spec.observation.observation))
        }
    }
}

extension RealNVPSpec {
    var settings: RealNVPSettings {
        RealNVPSettings(scales: scales, blocks: blocks, width: width, margin: margin)
    }
}

extension GlowSpec {
    var settings: GlowSettings {
        GlowSettings(
            levels: levels, steps: steps, lastSteps: lastSteps ?? steps, hidden: hidden,
            splitPrior: splitPrior.prior, topPrior: topPrior.prior, scale: scale.scale,
            mixing: mixing.mixing, coupling: coupling.coupling)
    }
}

extension RecipeSpec.Precision {
    fileprivate var precision: Precision {
        switch self {
        case .float32: .float32
        case .bfloat16: .bfloat16
        }
    }
}

extension VAESpec.Layout {
    fileprivate var layout: VAESettings.Layout {
        switch self {
        case .connected: .connected
        case .convolutional: .convolutional
        }
    }
}

extension VAESpec.Observation {
    fileprivate var observation: VAESettings.Observation {
        switch self {
        case .bernoulli: .bernoulli
        case .gaussian: .gaussian
        }
    }
}

extension GlowSpec.Prior {
    fileprivate var prior: GlowSettings.Prior {
        switch self {
        case .standard: .standard
        case .learned: .learned
        }
    }
}

extension GlowSpec.Scale {
    fileprivate var scale: GlowSettings.Scale {
        switch self {
        case .bounded: .bounded
        case .sigmoid: .sigmoid
        }
    }
}

extension GlowSpec.Mixing {
    fileprivate var mixing: GlowStep.Form.Mixing {
        switch self {
        case .plain: .plain
        case .lu: .lu
        }
    }
}

extension GlowSpec.Coupling {
    fileprivate var coupling: GlowSettings.Coupling {
        switch self {
        case .affine: .affine
        case .additive: .additive
        }
    }
}

extension LearningRateSpec {
    fileprivate var schedule: LearningRateSchedule {
        let decay: LearningRateSchedule.Decay =
            switch self.decay {
            case .none: .none
            case .cosine: .cosine
            case .halving(let epochs): .halving(epochs: epochs)
            }
        return LearningRateSchedule(peak: peak, warmUp: warmUp, decay: decay)
    }
}
