/// The hyper-parameters of a residual network between the folds.
package struct ResNetSettings: Codable, Sendable, Equatable {
    /// Channels inside the network.
    package var width: Int
    package var blocks: Int

    package init(width: Int = 128, blocks: Int = 2) {
        self.width = width
        self.blocks = blocks
    }
}
