package import Tensors

/// A shift and a scale per channel, begun so that the first batch has mean 0 and variance 1.
///
///     z = (x + b) · exp(logs)
///
/// Kingma, Dhariwal 2018, section 3.1. <https://arxiv.org/abs/1807.03039>
package struct ActNorm: Bijection {
    let shift: Tensor
    let logScale: Tensor

    /// Parameters for `channels`, named `shift` and `log_scale` in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(channels: Int, in scope: ParameterScope) throws(TorchError) {
        shift = try scope.parameter("shift", [1, channels, 1, 1], .zeros)
        logScale = try scope.parameter("log_scale", [1, channels, 1, 1], .zeros)
    }

    private init(shift: Tensor, logScale: Tensor) {
        self.shift = shift
        self.logScale = logScale
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let z = try (x + shift) * logScale.exp()
        return Mapped(z, logDeterminant: try volume(of: x))
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let x = try z * (-logScale).exp() - shift
        return Mapped(x, logDeterminant: try -volume(of: z))
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        let mean = try x.mean(over: [0, 2, 3], keepingAxes: true)
        let variance = try (x - mean).square().mean(over: [0, 2, 3], keepingAxes: true)
        try shift.overwrite(with: -mean)
        // The floor keeps a constant channel finite.
        try logScale.overwrite(with: (variance.sqrt() + 1e-6).log() * -1)
        return try encode(x)
    }

    package func frozen() throws(TorchError) -> any Bijection {
        ActNorm(shift: try shift.detached(), logScale: try logScale.detached())
    }

    /// h · w · Σ logs, for every sample.
    private func volume(of x: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try x.pictureShape("actnorm", evenSides: false)
        return try (logScale.sum() * Double(height * width)).perSample(batch)
    }
}
