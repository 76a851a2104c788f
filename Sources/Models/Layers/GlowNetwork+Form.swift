extension GlowNetwork {
    /// What programs do differently in a coupling network.
    package struct Form: Sendable {
        /// Whether actnorms follow the first two convolutions.
        package var hasNorms: Bool
        /// Whether the first two convolutions have biases.
        package var hasBiases: Bool
        /// Whether the result is multiplied by exp(3 · logs).
        package var hasGain: Bool
        /// What the last convolution finds beyond the edges.
        package var border: Double

        package init(
            hasNorms: Bool = true, hasBiases: Bool = true, hasGain: Bool = true,
            border: Double = 0
        ) {
            self.hasNorms = hasNorms
            self.hasBiases = hasBiases
            self.hasGain = hasGain
            self.border = border
        }
    }
}
