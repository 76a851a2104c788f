internal import YAML

/// The opponent of a generator while it is trained.
package struct AdversarySpec: Equatable, Sendable {
    /// Channels after the discriminator's first layer.
    package var width: Int
    /// What it costs when training pictures cannot be made; 0 is an ordinary DCGAN.
    package var reconstruction: Double

    package init(width: Int = 64, reconstruction: Double = 0) {
        self.width = width
        self.reconstruction = reconstruction
    }

    static var rule: Rule<AdversarySpec> {
        .record(
            AdversarySpec(),
            [
                .setting(
                    "width", \.width, .integer(in: 1...1024),
                    "Channels after the discriminator's first layer."),
                .setting(
                    "reconstruction", \.reconstruction, .number(.from(0, to: 1e6)),
                    "What it costs when training pictures cannot be made; 0 is a plain DCGAN."),
            ])
    }
}
