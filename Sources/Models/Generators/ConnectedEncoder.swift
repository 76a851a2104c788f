import Tensors

/// One hidden layer, and from it mean and log-variance.
struct ConnectedEncoder: PictureEncoder {
    private let hidden: Linear
    private let mean: Linear
    private let logVariance: Linear

    init(
        _ settings: VAESettings, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) {
        let count = imageShape.reduce(1, *)
        hidden = try Linear(count, settings.hidden, in: scope / "hidden")
        mean = try Linear(settings.hidden, settings.latent, in: scope / "mean")
        logVariance = try Linear(settings.hidden, settings.latent, in: scope / "log_variance")
    }

    func moments(of x: Tensor) throws(TorchError) -> (mean: Tensor, logVariance: Tensor) {
        let h = try hidden(x.reshaped(to: [x.batch, -1])).relu()
        return (try mean(h), try logVariance(h))
    }
}
