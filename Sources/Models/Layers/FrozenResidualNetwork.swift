package import Tensors

/// A residual network with ordinary convolutions: what `ResidualNetwork` becomes when frozen.
package struct FrozenResidualNetwork: Conditioner {
    package struct Block: Sendable {
        let first: Convolution
        let second: Convolution

        package init(first: Convolution, second: Convolution) {
            self.first = first
            self.second = second
        }
    }

    let input: Convolution
    let blocks: [Block]
    let output: Convolution
    /// All convolutions in one pass, where that is possible.
    private let pass: ConvolutionPass?

    /// A network of these convolutions.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        input: Convolution, blocks: [Block], output: Convolution
    ) throws(TorchError) {
        self.input = input
        self.blocks = blocks
        self.output = output
        let all = [input] + blocks.flatMap { [$0.first, $0.second] } + [output]
        let canPass = all.allSatisfy { $0.border == 0 }
        pass =
            canPass
            ? try ConvolutionPass.residual(weights: all.map(\.weight), biases: all.map(\.bias))
            : nil
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        if let output = try pass?(held) { return output }
        return try outputOneByOne(for: held)
    }

    /// The same, convolution after convolution: what the pass is compared with.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func outputOneByOne(for held: Tensor) throws(TorchError) -> Tensor {
        // A picture of one channel has no layout of its own, and would decide that of all the others.
        var h = try input(held).channelsLast()
        for block in blocks { h = try h + block.second(block.first(h.relu()).relu()) }
        return try output(h.relu())
    }

    package func frozen() throws(TorchError) -> any Conditioner { self }
}
