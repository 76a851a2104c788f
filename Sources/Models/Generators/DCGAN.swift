package import Tensors

/// The generator of a DCGAN: transposed convolutions with batch norms between them.
///
///     h = relu(norm(convᵀ(h))) per layer;  x = (tanh(convᵀ(h)) + 1) / 2
///
/// The first layer makes 4×4 pixels of the latents, every other doubles the sides. 3,576,704
/// parameters for 100 latents, width 64 and 64×64 pixels in colour.
///
/// Radford, Metz, Chintala 2016, figure 1. <https://arxiv.org/abs/1511.06434>
package struct DCGAN: PictureGenerator {
    /// A layer before the last.
    private struct Layer: Sendable {
        let convolution: TransposedConvolution
        let norm: BatchNorm
    }

    package let imageShape: [Int]
    package let dimensions: Int
    private let layers: [Layer]
    private let last: TransposedConvolution

    /// A generator of pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the pictures are no squares with a side of 8, 16, 32, …
    package init(
        _ settings: DCGANSettings, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) {
        guard let doublings = DCGANSettings.doublings(of: imageShape) else {
            throw TorchError(
                operation: "dcgan", shapes: [imageShape],
                message: "makes squares with a side of 8, 16, 32, …, 1024")
        }
        let start = Initializer.normal(std: 0.02)
        var layers: [Layer] = []
        var inputs = settings.latent
        for index in 0..<doublings {
            let outputs = settings.width << (doublings - 1 - index)
            let place = scope / "layers" / index
            let convolution = try TransposedConvolution(
                inputs, outputs, isDoubling: index > 0, hasBias: false, start, in: place)
            layers.append(
                Layer(
                    convolution: convolution,
                    norm: try BatchNorm(channels: outputs, in: place / "norm")))
            inputs = outputs
        }
        self.layers = layers
        last = try TransposedConvolution(
            inputs, imageShape[0], isDoubling: true, hasBias: false, start,
            in: scope / "layers" / doublings)
        self.imageShape = imageShape
        dimensions = settings.latent
    }

    /// By the moments of the batch: for training.
    package func generate(_ z: Tensor) throws(TorchError) -> Tensor {
        try pictures(of: z) { (norm, h) throws(TorchError) in try norm(h) }
    }

    /// Stores the moments that the latents `z` lead to, by which the frozen generator normalises.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func settle(on z: Tensor) throws(TorchError) {
        _ = try pictures(of: z) { (norm, h) throws(TorchError) in try norm.settle(on: h) }
    }

    package func frozenGenerator() throws(TorchError) -> any PictureGenerator {
        var frozen: [TransposedConvolution] = []
        for layer in layers {
            let (factor, offset) = try layer.norm.affine()
            frozen.append(try layer.convolution.followed(factor: factor, offset: offset))
        }
        frozen.append(try last.detached())
        return TransposedStack(frozen, imageShape: imageShape, dimensions: dimensions)
    }

    private func pictures(
        of z: Tensor, _ normalized: (BatchNorm, Tensor) throws(TorchError) -> Tensor
    ) throws(TorchError) -> Tensor {
        try check(z)
        var h = try z.reshaped(to: [z.batch, dimensions, 1, 1])
        for layer in layers { h = try normalized(layer.norm, layer.convolution(h)).relu() }
        return try last(h).picture()
    }
}

extension Tensor {
    /// What tanh makes of the last layer, in [0, 1].
    func picture() throws(TorchError) -> Tensor { try tanh() * 0.5 + 0.5 }
}
