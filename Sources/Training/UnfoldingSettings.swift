/// What belongs to the training of an unfolded network and to no other.
package struct UnfoldingSettings: Codable, Sendable, Equatable {
    /// The measurement and its noise in the words of a job, for the model to remember.
    package var forward: String
    package var noise: String
    /// The learning rate of steps and shrinkages where that of all others is at its peak.
    package var foldRate: Double
    /// Whether activations are computed again instead of kept.
    package var recomputes: Bool

    package init(
        forward: String, noise: String, foldRate: Double = 0.01, recomputes: Bool = true
    ) {
        self.forward = forward
        self.noise = noise
        self.foldRate = foldRate
        self.recomputes = recomputes
    }

    /// Whether a network that learns from these measurements goes on with those of `other`.
    func measures(like other: UnfoldingSettings) -> Bool {
        forward == other.forward && noise == other.noise
    }
}
