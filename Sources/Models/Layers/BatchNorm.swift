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

    /// Stores the moments of `x`, and normalises by them.
    func settle(on x: Tensor) throws(TorchError) -> Tensor {
        let center = try x.mean(over: [0, 2, 3], keepingAxes: true)
        let square = try (x - center).square().mean(over: [0, 2, 3])
        try mean.overwrite(with: center.reshaped(to: [-1]))
        try variance.overwrite(with: square)
        return try x.batchNormalized(
            scale: scale, shift: shift, moments: (mean, variance), epsilon: Self.epsilon)
    }

    /// What the stored moments make of a channel: x · factor + offset.
    func affine() throws(TorchError) -> (factor: Tensor, offset: Tensor) {
        let factor = try scale * (variance + Self.epsilon).rsqrt()
        return (factor, try shift - mean * factor)
    }
}
