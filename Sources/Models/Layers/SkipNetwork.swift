package import Tensors

/// A residual network whose blocks all reach its end: chrischute's coupling network.
///
///     h = input(relu(x, −x));  sum = skip(h)
///     h = h + second(relu(norm(first(relu(norm(h))))));  sum += skip(h)   per block
///     output(relu(norm(sum)))
///
/// Convolutions have weight normalisation; batch norms go by their stored moments.
///
/// <https://github.com/chrischute/real-nvp>
package struct SkipNetwork: Conditioner {
    /// A residual block and its way to the end.
    struct Block: Sendable {
        let firstNorm: BatchNorm
        let first: WeightNormalizedConvolution
        let secondNorm: BatchNorm
        let second: WeightNormalizedConvolution
        let skip: WeightNormalizedConvolution
    }

    /// What the normalised input is multiplied by.
    let gain: Double
    let inputNorm: BatchNorm
    let input: WeightNormalizedConvolution
    let inputSkip: WeightNormalizedConvolution
    let blocks: [Block]
    let outputNorm: BatchNorm
    let output: WeightNormalizedConvolution

    /// A network of `blocks` residual blocks of `width` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        inputs: Int, outputs: Int, width: Int, blocks count: Int, gain: Double = 1,
        in scope: ParameterScope
    ) throws(TorchError) {
        self.gain = gain
        inputNorm = try BatchNorm(channels: inputs, in: scope / "input_norm")
        input = try WeightNormalizedConvolution(2 * inputs, width, size: 3, in: scope / "input")
        inputSkip = try WeightNormalizedConvolution(
            width, width, size: 1, in: scope / "input_skip")
        var blocks: [Block] = []
        for index in 0..<count {
            blocks.append(try Block(width: width, in: scope / "blocks" / index))
        }
        self.blocks = blocks
        outputNorm = try BatchNorm(channels: width, in: scope / "output_norm")
        output = try WeightNormalizedConvolution(
            width, outputs, size: 1, magnitude: 0, in: scope / "output")
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        let x = try inputNorm.byStoredMoments(held) * gain
        var h = try input(.concatenated([x, -x], along: 1).relu())
        var sum = try inputSkip(h)
        for block in blocks {
            let inner = try block.first(block.firstNorm.byStoredMoments(h).relu())
            h = try h + block.second(block.secondNorm.byStoredMoments(inner).relu())
            sum = try sum + block.skip(h)
        }
        return try output(outputNorm.byStoredMoments(sum).relu())
    }

    package func frozen() throws(TorchError) -> any Conditioner {
        let norm = try inputNorm.affine()
        let end = try outputNorm.affine()
        var frozen: [FrozenSkipNetwork.Block] = []
        for block in blocks {
            let inner = try block.secondNorm.affine()
            frozen.append(
                .init(
                    norm: try ChannelScaling(block.firstNorm.affine()),
                    first: try block.first.frozen()
                        .followed(scale: inner.factor, shift: inner.offset),
                    second: try block.second.frozen(),
                    skip: try block.skip.frozen()
                        .followed(scale: end.factor, shift: end.offset * 0)))
        }
        return FrozenSkipNetwork(
            norm: try ChannelScaling((norm.factor * gain, norm.offset * gain)),
            input: try input.frozen(),
            inputSkip: try inputSkip.frozen().followed(scale: end.factor, shift: end.offset),
            blocks: frozen, output: try output.frozen())
    }
}

extension SkipNetwork.Block {
    fileprivate init(width: Int, in scope: ParameterScope) throws(TorchError) {
        firstNorm = try BatchNorm(channels: width, in: scope / "first_norm")
        first = try WeightNormalizedConvolution(
            width, width, size: 3, hasBias: false, in: scope / "first")
        secondNorm = try BatchNorm(channels: width, in: scope / "second_norm")
        second = try WeightNormalizedConvolution(width, width, size: 3, in: scope / "second")
        skip = try WeightNormalizedConvolution(width, width, size: 1, in: scope / "skip")
    }
}
