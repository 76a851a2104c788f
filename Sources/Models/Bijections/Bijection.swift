package import Tensors

/// A value and the logarithm of the volume change on the way to it.
package struct Mapped: Sendable {
    package let value: Tensor
    /// log |det| of the Jacobian of the map that gave `value`, in nats, `[batch]`.
    package let logDeterminant: Tensor

    package init(_ value: Tensor, logDeterminant: Tensor) {
        self.value = value
        self.logDeterminant = logDeterminant
    }
}

/// An invertible, differentiable map between data and latents, sample by sample.
package protocol Bijection: Sendable {
    /// Data → latent, with log |det ∂z/∂x|.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func encode(_ x: Tensor) throws(TorchError) -> Mapped

    /// Latent → data, with log |det ∂x/∂z|.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func decode(_ z: Tensor) throws(TorchError) -> Mapped

    /// Like `encode`, after setting parameters that begin with the statistics of a first batch.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func start(on x: Tensor) throws(TorchError) -> Mapped

    /// From z = encode(x) back to x; the parameters get their gradients.
    ///
    /// x is found by the inverse, so that nothing of the way there has to be kept.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func traceEncode(_ z: Traced) throws -> Traced

    /// From x = decode(z) back to z; the parameters get their gradients.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func traceDecode(_ x: Traced) throws -> Traced

    /// The same map for use without training: constants folded, inverses taken once in double.
    ///
    /// - Throws: `TorchError` when a matrix is singular.
    func frozen() throws(TorchError) -> any Bijection
}

extension Bijection {
    package func start(on x: Tensor) throws(TorchError) -> Mapped { try encode(x) }

    package func frozen() throws(TorchError) -> any Bijection { self }
}

extension Tensor {
    /// The number of samples.
    var batch: Int { shape.first ?? 0 }

    /// Zero for every sample: the log-determinant of a map that only moves elements.
    func zeroPerSample() throws(TorchError) -> Tensor {
        try Tensor.zeros([batch], dataType(), on: device())
    }

    /// This one number for every one of `count` samples.
    func perSample(_ count: Int) throws(TorchError) -> Tensor {
        try reshaped(to: [1]).expanded(to: [count])
    }
}
