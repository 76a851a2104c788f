import Glibc
package import Tensors

extension Flow {
    /// log p(x) of pictures inside the support, in nats, `[batch]`.
    ///
    ///     log p(x) = log N(z; 0, I) + log |det ∂z/∂x|,  z = encode(x)
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func logLikelihood(_ x: Tensor) throws(TorchError) -> Tensor {
        let mapped = try encode(x)
        return try Self.logNormal(mapped.value) + mapped.logDeterminant
    }

    /// log p of any picture, continued smoothly where the support ends, in nats, `[batch]`.
    ///
    /// A logit has bounded support, which optimisers leave. Beyond half the margin pixels are
    /// drawn back by a saturating curve, and a quadratic penalty on the way they were drawn is
    /// subtracted, so that objective and gradient are finite and continuous everywhere.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func logDensity(_ x: Tensor) throws(TorchError) -> Tensor {
        guard case .logit(let margin) = support else { return try logLikelihood(x) }
        let reach = margin / (1 - 2 * margin) / 2
        let inside = try x.clamped(-reach, 1 + reach)
        let beyond = try x - inside
        // tanh has slope 1 at 0: value and gradient are continuous at the border.
        let drawn = try inside + (beyond / (reach / 2)).tanh() * (reach / 2)
        let penalty = try ((x - drawn) / reach).square().sumPerSample() * 0.5
        return try logLikelihood(drawn) - penalty
    }

    /// log N(z; 0, I) of every sample, `[batch]`.
    ///
    /// - Throws: `TorchError` when there is no batch.
    package static func logNormal(_ z: Tensor) throws(TorchError) -> Tensor {
        let count = Double(z.shape.dropFirst().reduce(1, *))
        return try z.square().sumPerSample() * -0.5 - 0.5 * count * log(2 * Double.pi)
    }

    /// Bits per dimension of data with steps of 2^−bits, from log-likelihoods in nats.
    ///
    ///     −log p(x) / (D ln 2) + bits
    package func bitsPerDimension(_ logLikelihood: Double, bits: Int) -> Double {
        -logLikelihood / (Double(dimensions) * log(2)) + Double(bits)
    }

    /// Pictures decoded from random latents with the given standard deviation.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func sample(
        _ count: Int, temperature: Double, from generator: inout Generator, on device: Device
    ) throws(TorchError) -> Tensor {
        let z = try generator.normal([count, dimensions], on: device) * temperature
        return try decode(z).value
    }
}
