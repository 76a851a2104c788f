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
        let (drawn, penalty) = try drawnBack(x)
        let inside = try logLikelihood(drawn)
        guard let penalty else { return inside }
        return try inside - penalty
    }

    /// Pictures drawn back to where there is a density, and the penalty on the way, `[batch]`; nil
    /// where every picture has one.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func drawnBack(_ x: Tensor) throws(TorchError) -> (drawn: Tensor, penalty: Tensor?) {
        guard case .logit(let margin) = support else { return (x, nil) }
        let reach = margin / (1 - 2 * margin) / 2
        let inside = try x.clamped(-reach, 1 + reach)
        let beyond = try x - inside
        // tanh has slope 1 at 0: value and gradient are continuous at the border.
        let drawn = try inside + (beyond / (reach / 2)).tanh() * (reach / 2)
        return (drawn, try ((x - drawn) / reach).square().sumPerSample() * 0.5)
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
