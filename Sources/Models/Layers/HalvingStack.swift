import Tensors

/// Convolutions of 4×4 with stride 2 down to 4×4 pixels, each with twice the channels of the one
/// before, batch norms from the second on, and leaky rectifiers.
///
/// Radford, Metz, Chintala 2016, section 3. <https://arxiv.org/abs/1511.06434>
struct HalvingStack: Sendable {
    private struct Layer: Sendable {
        let weight: Tensor
        let norm: BatchNorm?
    }

    /// The number of features of one picture.
    let outputs: Int
    private let layers: [Layer]

    /// A stack that begins with `width` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not 8, 16, 32, …
    init(width: Int, imageShape: [Int], in scope: ParameterScope) throws(TorchError) {
        guard let halvings = DCGANSettings.doublings(of: imageShape) else {
            throw TorchError(
                operation: "encoder", shapes: [imageShape],
                message: "takes squares with a side of 8, 16, 32, …, 1024")
        }
        var layers: [Layer] = []
        var inputs = imageShape[0]
        for index in 0..<halvings {
            let channels = width << index
            let place = scope / index
            let weight = try place.parameter(
                "weight", [channels, inputs, 4, 4], .normal(std: 0.02))
            let norm = index == 0 ? nil : try BatchNorm(channels: channels, in: place / "norm")
            layers.append(Layer(weight: weight, norm: norm))
            inputs = channels
        }
        self.layers = layers
        outputs = inputs * 16
    }

    /// `[batch, channel, height, width]` in [0, 1] → `[batch, outputs]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func features(of x: Tensor) throws(TorchError) -> Tensor {
        var h = try x * 2 - 1
        for layer in layers {
            h = try h.convolved(with: layer.weight, stride: 2, padding: 1)
            if let norm = layer.norm { h = try norm(h) }
            h = try h.leakyRelu(slope: 0.2)
        }
        return try h.reshaped(to: [x.batch, outputs])
    }
}
