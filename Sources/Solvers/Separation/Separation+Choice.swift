import Glibc
package import Models
package import Physics

func trial(_ name: String, _ value: Double) -> Double {
    getenv("SEP_" + name).flatMap { Double(String(cString: $0)) } ?? value
}

extension Separation {
    /// What measurements found to work for noise of `model`.
    package static func measured(for model: Flow, weight: Double?) -> Separation {
        if case .logit = model.support, trial("LATENT", 1) > 0 {
            return Separation(
                weight: weight ?? trial("BETA", 0.15), slack: trial("SLACK", 0.02),
                variables: .latents)
        }
        return Separation(
            weight: weight ?? trial("BETA", 1), slack: trial("SLACK", 0.01),
            variables: trial("LATENT", 0) > 0 ? .latents : .remainder)
    }

    /// The unit of the variables.
    var scale: Double {
        switch variables {
        case .remainder: trial("SCALE", 1) * slack
        case .latents: trial("SCALE", 1)
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
