package import Tensors

/// The coupling network of RealNVP: residual blocks of convolutions with weight normalisation.
///
///     h = input(x);  h = h + second(relu(first(relu(h)))) per block;  output(relu(h))
///
/// The first convolution of a block is 3×3 and the second 1×1: at equal cost that learns faster
/// than two of 3×3. The output begins at 0, so that a new coupling is the identity, and has no
/// weight normalisation, whose gradient vanishes there.
///
/// Dinh, Sohl-Dickstein, Bengio 2017, section 3.7. <https://arxiv.org/abs/1605.08803>
package struct ResidualNetwork: Conditioner {
    /// The two convolutions of a residual block.
    struct Block: Sendable {
        let first: WeightNormalizedConvolution
        let second: WeightNormalizedConvolution
    }

    let input: WeightNormalizedConvolution
    let blocks: [Block]
    let output: Convolution

    /// A network of `blocks` residual blocks of `width` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        inputs: Int, outputs: Int, width: Int, blocks count: Int, in scope: ParameterScope
    ) throws(TorchError) {
        input = try WeightNormalizedConvolution(inputs, width, size: 3, in: scope / "input")
        var blocks: [Block] = []
        for index in 0..<count {
            let place = scope / "blocks" / index
            blocks.append(
                Block(
                    first: try WeightNormalizedConvolution(
                        width, width, size: 3, in: place / "first"),
                    second: try WeightNormalizedConvolution(
                        width, width, size: 1, in: place / "second")))
        }
        self.blocks = blocks
        output = try Convolution(width, outputs, size: 3, .zeros, in: scope / "output")
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        // A picture of one channel has no layout of its own, and would decide that of all the others.
        var h = try input(held).channelsLast()
        for block in blocks { h = try h + block.second(block.first(h.relu()).relu()) }
        return try output(h.relu())
    }

    package func frozen() throws(TorchError) -> any Conditioner {
        var frozen: [FrozenResidualNetwork.Block] = []
        for block in blocks {
            frozen.append(.init(first: try block.first.frozen(), second: try block.second.frozen()))
        }
        return try FrozenResidualNetwork(
            input: input.frozen(), blocks: frozen, output: output.detached())
    }
}
