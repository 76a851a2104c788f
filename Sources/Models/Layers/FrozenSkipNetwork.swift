package import Tensors

/// A network with skips and ordinary convolutions: what `SkipNetwork` becomes when frozen.
package struct FrozenSkipNetwork: Conditioner {
    struct Block: Sendable {
        let norm: ChannelScaling
        let first: Convolution
        let second: Convolution
        let skip: Convolution
    }

    let norm: ChannelScaling
    let input: Convolution
    let inputSkip: Convolution
    let blocks: [Block]
    let output: Convolution

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        let x = try norm(held)
        var h = try input(.concatenated([x, -x], along: 1).relu())
        var sum = try inputSkip(h)
        for block in blocks {
            h = try h + block.second(block.first(block.norm(h).relu()).relu())
            sum = try sum + block.skip(h)
        }
        return try output(sum.relu())
    }

    package func frozen() throws(TorchError) -> any Conditioner { self }
}
