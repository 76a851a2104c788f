package import Tensors

/// Brings the channels 0, 2, 4, … to the front and 1, 3, 5, … behind them.
///
/// What then leaves a flow and what stays are no longer the halves that its couplings used.
package struct ChannelInterleave: Bijection {
    package init() {}

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let z = try Tensor.concatenated(
            [x.every(2, from: 0, along: 1), x.every(2, from: 1, along: 1)], along: 1)
        return Mapped(z, logDeterminant: try x.zeroPerSample())
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let (batch, channels, height, width) = try z.pictureShape("interleave", evenSides: false)
        let halves = [
            try z.slice(0..<channels / 2, along: 1), try z.slice(channels / 2..<channels, along: 1),
        ]
        let x = try Tensor.stacked(halves, along: 2)
            .reshaped(to: [batch, channels, height, width]).channelsLast()
        return Mapped(x, logDeterminant: try z.zeroPerSample())
    }
}
