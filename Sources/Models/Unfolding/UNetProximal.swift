package import Tensors

/// A U-Net as a proximal map: halved four times, doubled four times, with what was before each
/// halving beside what comes back.
///
/// With 64 channels at full size it has 31.04 million parameters.
///
/// Ronneberger, Fischer, Brox 2015. <https://arxiv.org/abs/1505.04597>
package struct UNetProximal: ProximalMap {
    static let halvings = 4

    private let downs: [PairedConvolutions]
    private let doublings: [TransposedConvolution]
    private let ups: [PairedConvolutions]
    private let end: Convolution
    package let parameterCount: Int

    /// A network for pictures of `channels`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ settings: UNetSettings, channels: Int, in scope: ParameterScope) throws(TorchError) {
        var downs: [PairedConvolutions] = []
        var doublings: [TransposedConvolution] = []
        var ups: [PairedConvolutions] = []
        for level in 0...Self.halvings {
            let width = settings.width << level
            downs.append(
                try PairedConvolutions(
                    level == 0 ? channels : width / 2, width, in: scope / "down" / level))
        }
        for level in (0..<Self.halvings).reversed() {
            let width = settings.width << level
            doublings.append(
                try TransposedConvolution(
                    doubling: 2 * width, to: width, in: scope / "doubling" / level))
            ups.append(try PairedConvolutions(2 * width, width, in: scope / "up" / level))
        }
        end = try Convolution(
            settings.width, channels, size: 1, .fanIn(settings.width), in: scope / "end")
        (self.downs, self.doublings, self.ups) = (downs, doublings, ups)
        parameterCount = scope.parameterCount
    }

    package func output(for x: Tensor, _ mode: ProximalMode) throws(TorchError) -> Tensor {
        var h = try (x - 0.5).channelsLast()
        var before: [Tensor] = []
        for (level, down) in downs.enumerated() {
            if level > 0 {
                before.append(h)
                h = try h.largestOfSquares()
            }
            h = try down(h, mode)
        }
        for ((doubling, up), beside) in zip(zip(doublings, ups), before.reversed()) {
            h = try up(.concatenated([beside, doubling(h)], along: 1), mode)
        }
        return try end(h) + 0.5
    }

    package func frozen() throws(TorchError) -> any ProximalMap { self }
}

extension Tensor {
    /// The largest of every 2×2 pixels.
    fileprivate func largestOfSquares() throws(TorchError) -> Tensor {
        let (batch, channels, height, width) = try pictureShape("halving", evenSides: true)
        return try reshaped(to: [batch, channels, height / 2, 2, width / 2, 2])
            .largest(over: [3, 5]).channelsLast()
    }
}
