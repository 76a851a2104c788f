package import Tensors

/// Says how well a model does on pictures that it was not trained on.
package protocol Judge: Sendable {
    /// Bytes as the numbers that are judged.
    ///
    /// - Throws: `TorchError` when memory is short.
    func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor

    /// How often a picture is judged, each time with fresh noise.
    func draws(_ effort: Effort) -> Int

    /// One number per picture.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func judgements(of x: Tensor) throws -> [Double]
}

extension Judge {
    package func draws(_ effort: Effort) -> Int { 1 }
}
