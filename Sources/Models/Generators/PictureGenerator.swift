package import Tensors

/// A map from standard normal latents to pictures, which need not have an inverse or a density.
package protocol PictureGenerator: Sendable {
    /// Channels, height and width of a picture.
    var imageShape: [Int] { get }

    /// The number of latents of one picture.
    var dimensions: Int { get }

    /// Pictures in [0, 1], `[batch, channel, height, width]`, of latents `[batch, dimensions]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func generate(_ z: Tensor) throws(TorchError) -> Tensor

    /// Latents, `[batch, dimensions]`, from which about the pictures `x` are made; nil where the
    /// model has no way back.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func latents(of x: Tensor) throws(TorchError) -> Tensor?

    /// The same map for use without training, constants folded.
    ///
    /// - Throws: `TorchError` when memory is short.
    func frozenGenerator() throws(TorchError) -> any PictureGenerator
}

extension PictureGenerator {
    package func latents(of x: Tensor) throws(TorchError) -> Tensor? { nil }

    /// Pictures of random latents with the given standard deviation.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func pictures(
        _ count: Int, temperature: Double, from generator: inout Generator, on device: Device
    ) throws(TorchError) -> Tensor {
        try generate(generator.normal([count, dimensions], on: device) * temperature)
    }

    /// - Throws: `TorchError` when `z` is not `[batch, dimensions]`.
    func check(_ z: Tensor) throws(TorchError) {
        guard z.shape == [z.batch, dimensions] else {
            throw TorchError(
                operation: "generate", shapes: [z.shape], message: "needs [batch, \(dimensions)]")
        }
    }
}

extension Flow: PictureGenerator {
    package func generate(_ z: Tensor) throws(TorchError) -> Tensor { try decode(z).value }

    package func latents(of x: Tensor) throws(TorchError) -> Tensor? { try encode(x).value }

    package func frozenGenerator() throws(TorchError) -> any PictureGenerator {
        try frozenFlow()
    }
}
