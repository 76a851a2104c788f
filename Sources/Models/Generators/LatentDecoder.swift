import Tensors

/// The half of an autoencoder that makes pictures of latents.
protocol LatentDecoder: Sendable {
    /// `[batch, latent]` → one number for every value of a picture, before the sigmoid.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func logits(_ z: Tensor) throws(TorchError) -> Tensor

    /// The same function without history.
    ///
    /// - Throws: `TorchError` when memory is short.
    func frozen() throws(TorchError) -> any LatentDecoder
}
