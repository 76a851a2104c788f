package import Tensors

/// A residual network with ordinary convolutions: what `ResidualNetwork` becomes when frozen.
package struct FrozenResidualNetwork: Conditioner {
    struct Block: Sendable {
        let first: Convolution
        let second: Convolution
    }

    let input: Convolution
    let blocks: [Block]
    let output: Convolution

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        // A picture of one channel has no layout of its own, and would decide that of all the others.
        var h = try input(held).channelsLast()
        for block in blocks { h = try h + block.second(block.first(h.relu()).relu()) }
        return try output(h.relu())
    }

    package func frozen() throws(TorchError) -> any Conditioner { self }
}
