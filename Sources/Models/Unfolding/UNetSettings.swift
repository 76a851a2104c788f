/// The hyper-parameters of a U-Net between the folds.
package struct UNetSettings: Codable, Sendable, Equatable {
    /// Channels at full size; every halving doubles them.
    package var width: Int

    package init(width: Int = 64) {
        self.width = width
    }
}
