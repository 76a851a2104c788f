package import Tensors

/// Predicts log-scale and mean of the half of the channels that leaves from the half that stays.
///
/// One 3×3 convolution that begins at 0, multiplied by exp(3 · logs).
package struct SplitPriorNetwork: Conditioner {
    let convolution: Convolution
    let logScale: Tensor

    /// A predictor for `channels` that leave and as many that it sees, its parameters in `scope`;
    /// `border` is what it sees beyond the edges.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        channels: Int, border: Double = 0, in scope: ParameterScope
    ) throws(TorchError) {
        convolution = try Convolution(
            channels, 2 * channels, size: 3, .zeros, border: border, in: scope / "conv")
        logScale = try scope.parameter("log_scale", [2 * channels, 1, 1], .zeros)
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        try convolution(held) * (logScale * 3).exp()
    }

    package func frozen() throws(TorchError) -> any Conditioner {
        let scale = try (logScale * 3).exp()
        return try ConvolutionStack([try convolution.followed(scale: scale, shift: scale * 0)])
    }
}
