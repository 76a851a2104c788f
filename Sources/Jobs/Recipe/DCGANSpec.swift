internal import YAML

/// The hyper-parameters of a DCGAN.
package struct DCGANSpec: Equatable, Sendable {
    /// The number of latents.
    package var latent: Int
    /// Channels before the last layer.
    package var width: Int

    package init(latent: Int = 100, width: Int = 64) {
        self.latent = latent
        self.width = width
    }

    static var rule: Rule<DCGANSpec> {
        .record(
            DCGANSpec(),
            [
                .setting("latent", \.latent, .integer(in: 1...4096), "The number of latents."),
                .setting(
                    "width", \.width, .integer(in: 1...1024), "Channels before the last layer."),
            ])
    }
}
