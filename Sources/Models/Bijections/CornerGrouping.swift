package import Tensors

/// Brings the channels of a squeeze from 4c + 2·dy + dx into groups by corner: top-left,
/// bottom-right, top-right, bottom-left of all channels.
///
/// The first half of the result is every second pixel of a checkerboard, of every channel.
///
/// Dinh, Sohl-Dickstein, Bengio 2017, section 3.6. <https://arxiv.org/abs/1605.08803>
package struct CornerGrouping: Bijection {
    package init() {}

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let (batch, channels, height, width) = try x.pictureShape("corners", evenSides: false)
        let z = try x.reshaped(to: [batch, channels / 4, 4, height, width])
            .elements(at: Tensor(indices: [0, 3, 1, 2]), along: 2)
            .permuted([0, 2, 1, 3, 4]).reshaped(to: [batch, channels, height, width])
        return Mapped(try z.channelsLast(), logDeterminant: try x.zeroPerSample())
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let (batch, channels, height, width) = try z.pictureShape("corners", evenSides: false)
        let x = try z.reshaped(to: [batch, 4, channels / 4, height, width])
            .elements(at: Tensor(indices: [0, 2, 3, 1]), along: 1)
            .permuted([0, 2, 1, 3, 4]).reshaped(to: [batch, channels, height, width])
        return Mapped(try x.channelsLast(), logDeterminant: try z.zeroPerSample())
    }
}
