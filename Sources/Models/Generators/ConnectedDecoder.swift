import Tensors

/// One hidden layer, and from it the picture.
struct ConnectedDecoder: LatentDecoder {
    private let hidden: Linear
    private let output: Linear

    init(
        _ settings: VAESettings, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) {
        hidden = try Linear(settings.latent, settings.hidden, in: scope / "hidden")
        output = try Linear(settings.hidden, imageShape.reduce(1, *), in: scope / "output")
    }

    private init(hidden: Linear, output: Linear) {
        self.hidden = hidden
        self.output = output
    }

    func logits(_ z: Tensor) throws(TorchError) -> Tensor { try output(hidden(z).relu()) }

    func frozen() throws(TorchError) -> any LatentDecoder {
        ConnectedDecoder(hidden: try hidden.detached(), output: try output.detached())
    }
}
