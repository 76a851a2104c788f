package import Tensors

/// Convolutions of 4×4 that halve the sides and double the channels, down to 4×4 pixels, and from
/// these mean and log-variance.
package struct ConvolutionalEncoder: PictureEncoder {
    private let trunk: HalvingStack
    private let mean: Linear
    private let logVariance: Linear

    /// An encoder that begins with `width` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not 8, 16, 32, …
    package init(
        width: Int, latent: Int, imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) {
        trunk = try HalvingStack(width: width, imageShape: imageShape, in: scope / "layers")
        mean = try Linear(trunk.outputs, latent, in: scope / "mean")
        logVariance = try Linear(trunk.outputs, latent, in: scope / "log_variance")
    }

    package func moments(
        of x: Tensor
    ) throws(TorchError) -> (mean: Tensor, logVariance: Tensor) {
        let h = try trunk.features(of: x)
        // Beyond this, variances are 0 or infinite for all that follows.
        return (try mean(h), try logVariance(h).clamped(-20, 10))
    }
}
