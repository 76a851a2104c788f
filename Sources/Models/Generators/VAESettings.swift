package import Tensors

/// The hyper-parameters of a variational autoencoder.
package struct VAESettings: ArchitectureSettings {
    /// What its encoder and its decoder are made of.
    package enum Layout: String, Codable, Sendable {
        /// One hidden layer of `hidden` units.
        case connected
        /// Convolutions of 4×4 that halve the sides down to 4, beginning with `hidden` channels.
        case convolutional
    }

    /// The distribution of a picture around the decoder's output.
    package enum Observation: String, Codable, Sendable {
        /// Every value is a probability: for black and white.
        case bernoulli
        /// Normal, with the variance that fits a batch best.
        case gaussian
    }

    package var layout: Layout
    package var hidden: Int
    /// The number of latents.
    package var latent: Int
    package var observation: Observation

    package init(
        layout: Layout = .connected, hidden: Int = 400, latent: Int = 20,
        observation: Observation = .bernoulli
    ) {
        self.layout = layout
        self.hidden = hidden
        self.latent = latent
        self.observation = observation
    }
}

extension VAESettings {
    package var isSensible: Bool {
        Architecture.lengths.contains(latent) && Architecture.lengths.contains(hidden)
    }

    package var summary: String {
        "VAE, \(layout.rawValue), hidden: \(hidden), latents: \(latent), observation: "
            + observation.rawValue
    }

    package func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator {
        try VAE(self, imageShape: imageShape, in: scope)
    }
}
