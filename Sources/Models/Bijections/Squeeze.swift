package import Tensors

/// Space to depth: every 2×2 square of pixels becomes four channels.
///
///     [batch, c, h, w] → [batch, 4c, h/2, w/2]
///
/// The result is laid out with the channels fastest: a quarter faster in convolutions on CPUs.
///
/// Dinh, Sohl-Dickstein, Bengio 2017, section 3.6. <https://arxiv.org/abs/1605.08803>
package struct Squeeze: Bijection {
    /// Where the pixels go.
    package enum Order: Sendable {
        /// Channel 4c + 2·dy + dx: the pixels of one channel stay together.
        case byChannel
        /// The numbers of the picture in their order in memory, row by row, read as 4c channels:
        /// neighbours do not stay together.
        case byMemory
    }

    let order: Order

    package init(_ order: Order) {
        self.order = order
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let (b, c, h, w) = try x.pictureShape("squeeze", evenSides: true)
        let z: Tensor =
            switch order {
            case .byChannel:
                try x.reshaped(to: [b, c, h / 2, 2, w / 2, 2]).permuted([0, 1, 3, 5, 2, 4])
            case .byMemory: x
            }
        return Mapped(
            try z.reshaped(to: [b, 4 * c, h / 2, w / 2]).channelsLast(),
            logDeterminant: try x.zeroPerSample())
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let (b, channels, h, w) = try z.pictureShape("unsqueeze", evenSides: false)
        let c = channels / 4
        let x: Tensor =
            switch order {
            case .byChannel:
                try z.reshaped(to: [b, c, 2, 2, h, w]).permuted([0, 1, 4, 2, 5, 3])
            case .byMemory: z
            }
        return Mapped(
            try x.reshaped(to: [b, c, 2 * h, 2 * w]).channelsLast(),
            logDeterminant: try z.zeroPerSample())
    }
}

extension Tensor {
    /// The four lengths of a batch of pictures.
    func pictureShape(
        _ operation: String, evenSides: Bool
    ) throws(TorchError) -> (batch: Int, channels: Int, height: Int, width: Int) {
        let shape = shape
        guard shape.count == 4, !evenSides || (shape[2] % 2 == 0 && shape[3] % 2 == 0) else {
            throw TorchError(
                operation: operation, shapes: [shape],
                message: "needs [batch, channel, height, width] with even sides")
        }
        return (shape[0], shape[1], shape[2], shape[3])
    }
}
