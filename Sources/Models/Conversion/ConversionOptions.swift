package import Arrays

/// What a checkpoint does not say about its model.
///
/// What is nil is inferred from the tensors, detected, or has a documented default.
package struct ConversionOptions: Sendable {
    /// Height and width of the pictures.
    package var size: [Int]?
    /// Channels of the pictures, where neither tensors nor the description say.
    package var channels: Int?
    /// The depth of the pictures that the model was trained on.
    package var bits: Int?
    /// GlowIP: how pictures become channels.
    package var squeeze: GlowIPSettings.Squeezing?
    /// GlowIP: what is added to the scales of the last level, 0 or 1.
    package var lastBias: Double?
    /// GlowIP: what is added to the scales of the other levels.
    package var couplingBias: Double?
    /// normflows: how its couplings scale.
    package var scale: NormflowsSettings.Scale?
    /// normflows: which class of pictures to model.
    package var label: Int?
    /// GlowIP: the `configs.json` beside the weights.
    package var configuration: JSONValue?
    /// Pictures in [0, 1], `[count, channel, height, width]`, that the model should like; made in
    /// code when nil.
    package var probes: HostArray?
    /// The names of our tensors by the names in the file.
    package var map: [String: String]?
    /// A `model.json`, or the architecture in one.
    package var architecture: JSONValue?

    package init() {}
}
