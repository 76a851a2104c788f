package import Tensors

/// The mean of the colours: f(x)ᵢ = (x₁ᵢ + … + x_cᵢ) / c, one channel.
package struct Grayscale: LinearOperator {
    private let channels: Int

    /// The mean of so many channels.
    package init(channels: Int) {
        precondition(channels > 0, "a picture has channels")
        self.channels = channels
    }

    package var normBound: Double { 1 / Double(channels).squareRoot() }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        guard inputShape.count == 3, inputShape[0] == channels else {
            throw PhysicsError(
                .shape(inputShape, expected: "a picture of \(channels) channels"), in: "grayscale")
        }
        return [1] + inputShape.dropFirst()
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.mean(over: [1], keepingAxes: true)
    }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        try repeated(y) / Double(channels)
    }

    /// Gray in every channel.
    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { try repeated(y) }

    private func repeated(_ y: Tensor) throws(TorchError) -> Tensor {
        var shape = y.shape
        guard shape.count == 4 else {
            throw TorchError(operation: "grayscale", shapes: [shape], message: "no pictures")
        }
        shape[1] = channels
        return try y.expanded(to: shape)
    }
}
