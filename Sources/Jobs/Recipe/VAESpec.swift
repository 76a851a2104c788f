internal import YAML

/// The hyper-parameters of a variational autoencoder.
package struct VAESpec: Equatable, Sendable {
    /// One hidden layer, or convolutions that halve the sides down to 4.
    package enum Layout: String, CaseIterable, Sendable {
        case connected, convolutional
    }

    /// The distribution of a picture around the decoder's output.
    package enum Observation: String, CaseIterable, Sendable {
        case bernoulli, gaussian
    }

    package var layout: Layout
    /// Units of the hidden layer, or channels at full size.
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

    static var rule: Rule<VAESpec> {
        .record(
            VAESpec(),
            [
                .setting(
                    "layout", \.layout, .word(Layout.self),
                    "One hidden layer, or convolutions that halve the sides down to 4."),
                .setting(
                    "hidden", \.hidden, .integer(in: 1...4096),
                    "Units of the hidden layer, or channels at full size."),
                .setting("latent", \.latent, .integer(in: 1...4096), "The number of latents."),
                .setting(
                    "observation", \.observation, .word(Observation.self),
                    "The distribution of a picture around the decoder's output."),
            ])
    }
}
