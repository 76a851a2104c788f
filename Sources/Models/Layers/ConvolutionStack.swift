package import Tensors

/// Convolutions with a rectifier between them: what a Glow network becomes when frozen.
package struct ConvolutionStack: Conditioner {
    let convolutions: [Convolution]
    /// The smallest number that the last convolution gets.
    let lastFloor: Double

    init(_ convolutions: [Convolution], lastFloor: Double = 0) {
        self.convolutions = convolutions
        self.lastFloor = lastFloor
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
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
