package import Models
package import Physics

extension Separation {
    /// What measurements found to work for noise of `model`, with the weight of the job where it has
    /// one: `Docs/decisions/0046-picture-and-noise-beside-each-other.md`.
    package static func measured(for model: Flow, weight: Double?) -> Separation {
        if case .logit = model.support {
            return Separation(weight: weight ?? 0.15, slack: 0.02, variables: .latents)
        }
        return Separation(weight: weight ?? 1, slack: 0.01, variables: .remainder)
    }

    /// The unit of the variables.
    var scale: Double {
        switch variables {
        case .remainder: slack
        case .latents: 1
        }
    }
}

extension FlowNoise {
    /// The same noise, told from the picture by `separation`; itself without one.
    package func separated(by separation: Separation?) -> any NoiseModel {
        guard let separation else { return self }
        return SeparatedNoise(self, separation)
    }
}
