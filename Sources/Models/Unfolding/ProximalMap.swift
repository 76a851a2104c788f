package import Tensors

/// What an unfolded network does with a picture between two steps towards the measurement: it
/// makes it more like the pictures that it knows.
package protocol ProximalMap: Sendable {
    /// The number of its parameters.
    var parameterCount: Int { get }

    /// `[batch, channel, height, width]` in [0, 1] → the same shape.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func output(for x: Tensor, _ mode: ProximalMode) throws(TorchError) -> Tensor

    /// Like `output`, after setting parameters that begin with the statistics of a first batch.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func start(on x: Tensor) throws(TorchError) -> Tensor

    /// What a result says about the picture `x` it came from; the parameters get their gradients.
    ///
    /// A map that can be inverted finds `x` from the result and holds the activations of one layer
    /// at a time; the others begin at `x` and hold their own.
    ///
    /// - Parameters:
    ///   - result: `output(for: x, .learning)`, with the gradient of a loss.
    ///   - x: what it was made of.
    /// - Returns: the gradient of the loss for `x`, and how far what was found lies from `x`.
    /// - Throws: `TorchError` when the shapes differ.
    func trace(_ result: Traced, from x: Tensor) throws -> (gradient: Tensor, drift: Double)

    /// The same map for use without training, constants folded.
    ///
    /// - Throws: `TorchError` when a matrix is singular.
    func frozen() throws(TorchError) -> any ProximalMap
}

/// By which moments batch norms go; flows have none.
package enum ProximalMode: Sendable {
    /// By the stored ones.
    case using
    /// By those of the batch.
    case learning
    /// By those of the batch, which the stored ones follow.
    case following
    /// By those of the batch, which become the stored ones.
    case settling
}

extension ProximalMap {
    package func start(on x: Tensor) throws(TorchError) -> Tensor { try output(for: x, .following) }

    package func trace(
        _ result: Traced, from x: Tensor
    ) throws -> (gradient: Tensor, drift: Double) {
        (try traceForwards(result, from: x), 0)
    }

    /// The gradient of the loss for the picture `x`, with the activations of the whole map at a time.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    package func traceForwards(_ result: Traced, from x: Tensor) throws -> Tensor {
        try result.traced(back: { _ in x }, forth: { try output(for: $0, .learning) }).gradient
    }
}
