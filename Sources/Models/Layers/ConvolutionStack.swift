package import Tensors

/// Convolutions with a rectifier between them: what a Glow network becomes when frozen.
package struct ConvolutionStack: Conditioner {
    let convolutions: [Convolution]
    /// The smallest number that the last convolution gets.
    let lastFloor: Double
    /// All convolutions in one pass, where that is possible.
    private let pass: ConvolutionPass?

    /// A network of `convolutions`, at least one.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(_ convolutions: [Convolution], lastFloor: Double = 0) throws(TorchError) {
        self.convolutions = convolutions
        self.lastFloor = lastFloor
        let canPass = convolutions.allSatisfy { $0.border == 0 }
        pass =
            canPass
            ? try ConvolutionPass.stack(
                weights: convolutions.map(\.weight), biases: convolutions.map(\.bias),
                lastFloor: lastFloor) : nil
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        if let output = try pass?(held) { return output }
        return try outputOneByOne(for: held)
    }

    /// The same, convolution after convolution: what the pass is compared with.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func outputOneByOne(for held: Tensor) throws(TorchError) -> Tensor {
        var h = held
        for (index, convolution) in convolutions.enumerated() {
            let floor = index == convolutions.count - 1 ? lastFloor : 0
            if index > 0 { h = floor == 0 ? try h.relu() : try h.clamped(floor, .infinity) }
            h = try convolution(h)
        }
        return h
    }

    package func frozen() throws(TorchError) -> any Conditioner { self }
}
