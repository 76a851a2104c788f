package import Tensors

/// The same log-scale and mean for every sample: a prior that depends on nothing.
package struct FixedMoments: Conditioner {
    private let logScale: Tensor
    private let mean: Tensor

    /// Moments of a tensor of `shape`, channels, height and width, or of its channels alone when
    /// height and width are 1; they begin as those of N(0, I), named `log_scale` and `mean`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(shape: [Int], in scope: ParameterScope) throws(TorchError) {
        logScale = try scope.parameter("log_scale", shape, .zeros)
        mean = try scope.parameter("mean", shape, .zeros)
    }

    private init(logScale: Tensor, mean: Tensor) {
        self.logScale = logScale
        self.mean = mean
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try held.pictureShape("prior", evenSides: false)
        let moments = try Tensor.concatenated([logScale, mean], along: 0)
        return try moments.expanded(to: [batch, moments.shape[0], height, width])
    }

    package func frozen() throws(TorchError) -> any Conditioner {
        FixedMoments(logScale: try logScale.detached(), mean: try mean.detached())
    }
}
