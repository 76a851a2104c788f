package import Tensors

/// Predicts a normal distribution of latents from pictures.
package protocol PictureEncoder: Sendable {
    /// Mean and logarithm of the variance, each `[batch, latent]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func moments(of x: Tensor) throws(TorchError) -> (mean: Tensor, logVariance: Tensor)
}
