/// The opponent of a generator while it is trained.
package struct AdversarySettings: Codable, Sendable, Equatable {
    /// Channels after the discriminator's first layer, and after the encoder's.
    package var width: Int
    /// ρ: what it costs when training pictures cannot be made; 0 is an ordinary DCGAN.
    package var reconstruction: Double

    package init(width: Int = 64, reconstruction: Double = 0) {
        self.width = width
        self.reconstruction = reconstruction
    }
}
