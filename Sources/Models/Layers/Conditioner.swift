package import Tensors

/// The network inside a coupling: any function of the half that stays.
package protocol Conditioner: Sendable {
    /// `[batch, in, height, width]` → `[batch, out, height, width]`: log-scales, then shifts.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func output(for held: Tensor) throws(TorchError) -> Tensor

    /// Like `output`, after setting parameters that begin with the statistics of a first batch.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func start(on held: Tensor) throws(TorchError) -> Tensor

    /// The same function with every constant folded into convolutions.
    ///
    /// - Throws: `TorchError` when memory is short.
    func frozen() throws(TorchError) -> any Conditioner
}

extension Conditioner {
    package func start(on held: Tensor) throws(TorchError) -> Tensor { try output(for: held) }
}
