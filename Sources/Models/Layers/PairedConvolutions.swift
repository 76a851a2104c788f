import Tensors

/// Two 3×3 convolutions, each with a batch norm and a rectifier: what a U-Net is made of.
struct PairedConvolutions: Sendable {
    private let layers: [(convolution: Convolution, norm: BatchNorm)]

    /// Layers from `inputs` to `outputs` channels, their parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ inputs: Int, _ outputs: Int, in scope: ParameterScope) throws(TorchError) {
        var layers: [(Convolution, BatchNorm)] = []
        for (index, channels) in [inputs, outputs].enumerated() {
            let place = scope / index
            layers.append(
                (
                    try Convolution(
                        channels, outputs, size: 3, .fanIn(channels * 9), hasBias: false,
                        in: place / "convolution"),
                    try BatchNorm(channels: outputs, in: place / "norm")
                ))
        }
        self.layers = layers
    }

    func callAsFunction(_ x: Tensor, _ mode: ProximalMode) throws(TorchError) -> Tensor {
        var h = x
        for layer in layers { h = try layer.norm(layer.convolution(h), mode).relu() }
        return h
    }
}
