import Tensors

/// Transposed convolutions that double the sides from 4×4 pixels on and halve the channels.
struct ConvolutionalDecoder: LatentDecoder {
    private let layers: [TransposedConvolution]

    /// A decoder that ends with `settings.hidden` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not 8, 16, 32, …
    init(
        _ settings: VAESettings, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) {
        guard let doublings = DCGANSettings.doublings(of: imageShape) else {
            throw TorchError(
                operation: "decoder", shapes: [imageShape],
                message: "makes squares with a side of 8, 16, 32, …, 1024")
        }
        var layers: [TransposedConvolution] = []
        var inputs = settings.latent
        for index in 0...doublings {
            let isLast = index == doublings
            let outputs = isLast ? imageShape[0] : settings.hidden << (doublings - 1 - index)
            // Every output pixel of a doubling layer is a sum over 2×2 of its 4×4 weights.
            let terms = index == 0 ? inputs : inputs * 4
            layers.append(
                try TransposedConvolution(
                    inputs, outputs, isDoubling: index > 0, hasBias: true,
                    .normal(std: (2 / Double(terms)).squareRoot()), in: scope / "layers" / index))
            inputs = outputs
        }
        self.layers = layers
    }

    private init(_ layers: [TransposedConvolution]) {
        self.layers = layers
    }

    func logits(_ z: Tensor) throws(TorchError) -> Tensor {
        var h = try z.reshaped(to: [z.batch, -1, 1, 1])
        for (index, layer) in layers.enumerated() { h = try layer(index == 0 ? h : h.relu()) }
        return h
    }

    func frozen() throws(TorchError) -> any LatentDecoder {
        var frozen: [TransposedConvolution] = []
        for layer in layers { frozen.append(try layer.detached()) }
        return ConvolutionalDecoder(frozen)
    }
}
