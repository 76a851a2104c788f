import Tensors

/// Batch normalisation: by the moments of a batch while training, by stored moments afterwards.
///
///     (x − mean) / √(variance + ε) · scale + shift
///
/// Ioffe, Szegedy 2015, algorithms 1 and 2. <https://arxiv.org/abs/1502.03167>
package struct BatchNorm: Sendable {
    static let epsilon = 1e-5

    let scale: Tensor
    let shift: Tensor
    let mean: Tensor
    let variance: Tensor

    /// A normalisation of `channels`; its moments are stored with the parameters.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(channels: Int, in scope: ParameterScope) throws(TorchError) {
        scale = try scope.parameter("scale", [channels], .constant(1))
        shift = try scope.parameter("shift", [channels], .zeros)
        mean = try scope.buffer("mean", [channels], .zeros)
        variance = try scope.buffer("variance", [channels], .constant(1))
    }

    /// By the moments of the batch.
    func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.batchNormalized(scale: scale, shift: shift, epsilon: Self.epsilon)
    }

    /// By the stored moments.
    func byStoredMoments(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.batchNormalized(
            scale: scale, shift: shift, moments: (mean, variance), epsilon: Self.epsilon)
    }

    /// By the moments that the mode says.
    func callAsFunction(_ x: Tensor, _ mode: ProximalMode) throws(TorchError) -> Tensor {
        switch mode {
        case .using: return try byStoredMoments(x)
        case .learning: return try self(x)
        case .following:
            let moments = try moments(of: x.detached())
            // A tenth of the way, as is usual.
            try interpolate(
                [mean, variance], towards: [moments.mean, moments.variance], weight: 0.1)
            return try self(x)
        case .settling: return try settle(on: x)
        }
    }

    /// Mean and variance of every channel.
    private func moments(of x: Tensor) throws(TorchError) -> (mean: Tensor, variance: Tensor) {
        let center = try x.mean(over: [0, 2, 3], keepingAxes: true)
        let square = try (x - center).square().mean(over: [0, 2, 3])
        return (try center.reshaped(to: [-1]), square)
    }

    /// Stores the moments of `x`, and normalises by them.
    func settle(on x: Tensor) throws(TorchError) -> Tensor {
        let moments = try moments(of: x)
        try mean.overwrite(with: moments.mean)
        try variance.overwrite(with: moments.variance)
        return try x.batchNormalized(
            scale: scale, shift: shift, moments: (mean, variance), epsilon: Self.epsilon)
    }

    /// What the stored moments make of a channel: x · factor + offset.
    func affine() throws(TorchError) -> (factor: Tensor, offset: Tensor) {
        let factor = try scale * (variance + Self.epsilon).rsqrt()
        return (factor, try shift - mean * factor)
    }
}
