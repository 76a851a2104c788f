package import Tensors

/// How a coupling turns its network's output into a scale.
package indirect enum ScaleMap: Sendable {
    /// scale = sigmoid(u + offset) + extra: Glow's, at most 1 + extra, near 0 for very negative u.
    case sigmoid(offset: Double, extra: Double)
    /// scale = 1 / sigmoid(u + offset), at least 1.
    case inverseSigmoid(offset: Double)
    /// scale = exp(u).
    case exponential
    /// scale = floor + (1 − floor) · sigmoid(u + 2): never enlarges a latent and never divides by
    /// less than the floor, so that neither direction overflows, whatever u is.
    case limited(floor: Double)
    /// log scale = bound · tanh(u / bound), which may enlarge as well.
    case bounded(Double)
    /// log scale = rescale · tanh(u), with a learned factor per channel.
    case rescaled(Tensor)
    /// Another map, of which log-scales beyond ±11.5 are cut off.
    ///
    /// For scales that may vanish. Below exp(−11.5), 1e-5, a division leaves nothing but the
    /// rounding of single precision, so that what is cut off has no meaning, only the power to
    /// overflow.
    case guarded(ScaleMap)

    /// The logarithm of the scale for the network's output `u`.
    func logScale(_ u: Tensor) throws(TorchError) -> Tensor {
        switch self {
        case .sigmoid(let offset, let extra):
            let shifted = try u + offset
            return extra == 0 ? try shifted.logSigmoid() : try (shifted.sigmoid() + extra).log()
        case .inverseSigmoid(let offset):
            return try -(u + offset).logSigmoid()
        case .exponential:
            return u
        case .limited(let floor):
            return try ((u + 2).sigmoid() * (1 - floor) + floor).log()
        case .bounded(let bound):
            return try (u / bound).tanh() * bound
        case .rescaled(let factor):
            return try u.tanh() * factor
        case .guarded(let map):
            return try map.logScale(u).clamped(-11.5, 11.5)
        }
    }

    /// The same map without history.
    ///
    /// - Throws: `TorchError` when memory is short.
    func frozen() throws(TorchError) -> ScaleMap {
        switch self {
        case .sigmoid, .inverseSigmoid, .exponential, .limited, .bounded: self
        case .rescaled(let factor): .rescaled(try factor.detached())
        case .guarded(let map): .guarded(try map.frozen())
        }
    }
}
