package import Tensors

/// How a coupling turns its network's output into a scale.
package enum ScaleMap: Sendable {
    /// scale = sigmoid(u + offset) + extra: Glow's, at most 1 + extra, near 0 for very negative u.
    case sigmoid(offset: Double, extra: Double)
    /// scale = floor + (1 − floor) · sigmoid(u + 2): never enlarges a latent and never divides by
    /// less than the floor, so that neither direction overflows, whatever u is.
    case limited(floor: Double)
    /// log scale = bound · tanh(u / bound), which may enlarge as well.
    case bounded(Double)
    /// log scale = rescale · tanh(u), with a learned factor per channel.
    case rescaled(Tensor)

    /// The logarithm of the scale for the network's output `u`.
    func logScale(_ u: Tensor) throws(TorchError) -> Tensor {
        switch self {
        case .sigmoid(let offset, let extra):
            let shifted = try u + offset
            return extra == 0 ? try shifted.logSigmoid() : try (shifted.sigmoid() + extra).log()
        case .limited(let floor):
            return try ((u + 2).sigmoid() * (1 - floor) + floor).log()
        case .bounded(let bound):
            return try (u / bound).tanh() * bound
        case .rescaled(let factor):
            return try u.tanh() * factor
        }
    }

    /// The same map without history.
    ///
    /// - Throws: `TorchError` when memory is short.
    func frozen() throws(TorchError) -> ScaleMap {
        switch self {
        case .sigmoid, .limited, .bounded: self
        case .rescaled(let factor): .rescaled(try factor.detached())
        }
    }
}
