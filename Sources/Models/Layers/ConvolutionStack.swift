package import Tensors

/// Convolutions with a rectifier between them: what a Glow network becomes when frozen.
package struct ConvolutionStack: Conditioner {
    let convolutions: [Convolution]

    init(_ convolutions: [Convolution]) {
        self.convolutions = convolutions
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        var h = held
        for (index, convolution) in convolutions.enumerated() {
            h = try convolution(index == 0 ? h : h.relu())
        }
        return h
    }

    package func frozen() throws(TorchError) -> any Conditioner { self }
}
