package import Tensors

/// A variational autoencoder: an encoder to a normal distribution of latents, and a decoder.
///
///     q(z | x) = N(mean(x), exp(logVariance(x)));  x = sigmoid(decoder(z))
///
/// Kingma, Welling 2014, appendix C. <https://arxiv.org/abs/1312.6114>
package struct VAE: PictureGenerator {
    package let imageShape: [Int]
    package let dimensions: Int
    private let encoder: any PictureEncoder
    private let decoder: any LatentDecoder

    /// An autoencoder of pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when convolutions cannot halve the sides down to 4.
    package init(
        _ settings: VAESettings, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) {
        self.imageShape = imageShape
        dimensions = settings.latent
        let (up, down) = (scope / "decoder", scope / "encoder")
        switch settings.layout {
        case .connected:
            encoder = try ConnectedEncoder(settings, imageShape: imageShape, in: down)
            decoder = try ConnectedDecoder(settings, imageShape: imageShape, in: up)
        case .convolutional:
            encoder = try ConvolutionalEncoder(
                width: settings.hidden, latent: settings.latent, imageShape: imageShape, in: down)
            decoder = try ConvolutionalDecoder(settings, imageShape: imageShape, in: up)
        }
    }

    private init(_ other: VAE, frozen decoder: any LatentDecoder) {
        imageShape = other.imageShape
        dimensions = other.dimensions
        encoder = other.encoder
        self.decoder = decoder
    }

    package func generate(_ z: Tensor) throws(TorchError) -> Tensor { try logits(z).sigmoid() }

    /// The decoder's output before the sigmoid, shaped as pictures.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func logits(_ z: Tensor) throws(TorchError) -> Tensor {
        try check(z)
        return try decoder.logits(z).reshaped(to: [z.batch] + imageShape)
    }

    /// Mean and logarithm of the variance of the latents of pictures, each `[batch, latent]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func moments(
        of x: Tensor
    ) throws(TorchError) -> (mean: Tensor, logVariance: Tensor) {
        guard x.shape == [x.batch] + imageShape else {
            throw TorchError(
                operation: "encode", shapes: [x.shape], message: "needs [batch] + \(imageShape)")
        }
        return try encoder.moments(of: x)
    }

    package func latents(of x: Tensor) throws(TorchError) -> Tensor? { try moments(of: x).mean }

    package func frozenGenerator() throws(TorchError) -> any PictureGenerator {
        VAE(self, frozen: try decoder.frozen())
    }
}
