import Tensors

/// Which half of the input a coupling moves; the other half steers.
package enum CouplingMask: Sendable, CaseIterable {
    /// Every second pixel of a checkerboard; `even` moves those whose row + column is even.
    case evenSquares, oddSquares
    /// One half of the channels.
    case firstChannels, secondChannels

    /// Whether the halves are pixels rather than channels.
    var isCheckerboard: Bool {
        switch self {
        case .evenSquares, .oddSquares: true
        case .firstChannels, .secondChannels: false
        }
    }

    /// 1 on the squares that move, 0 on the others, `[1, 1, height, width]`.
    func squares(like x: Tensor) throws(TorchError) -> Tensor {
        let (_, _, height, width) = try x.pictureShape("checkerboard", evenSides: false)
        let parity = self == .evenSquares ? 0 : 1
        var values: [Float] = []
        values.reserveCapacity(height * width)
        for row in 0..<height {
            for column in 0..<width { values.append((row + column) % 2 == parity ? 1 : 0) }
        }
        return try Tensor(values, shape: [1, 1, height, width])
            .converted(to: x.dataType()).moved(to: x.device())
    }

    /// The halves of the channels: the one that steers and the one that moves.
    func split(_ x: Tensor) throws(TorchError) -> (held: Tensor, moved: Tensor) {
        let channels = x.shape[1]
        let first = try x.slice(0..<channels / 2, along: 1)
        let second = try x.slice(channels / 2..<channels, along: 1)
        return self == .firstChannels ? (second, first) : (first, second)
    }

    /// The opposite of `split`.
    func merge(held: Tensor, moved: Tensor) throws(TorchError) -> Tensor {
        try .concatenated(self == .firstChannels ? [moved, held] : [held, moved], along: 1)
    }
}
