package import Tensors

/// The coupling network of Glow: 3×3, 1×1 and 3×3 convolutions with actnorm between them.
///
/// The last convolution begins at 0 and is multiplied by exp(3 · logs).
///
/// Kingma, Dhariwal 2018, section 3.3. <https://arxiv.org/abs/1807.03039>
package struct GlowNetwork: Conditioner {
    let first: Convolution
    let firstNorm: ActNorm
    let second: Convolution
    let secondNorm: ActNorm
    let last: Convolution
    let logScale: Tensor

    /// A network with `hidden` channels inside, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        inputs: Int, outputs: Int, hidden: Int, in scope: ParameterScope
    ) throws(TorchError) {
        first = try Convolution(inputs, hidden, size: 3, .normal(std: 0.05), in: scope / "conv1")
        firstNorm = try ActNorm(channels: hidden, in: scope / "actnorm1")
        second = try Convolution(hidden, hidden, size: 1, .normal(std: 0.05), in: scope / "conv2")
        secondNorm = try ActNorm(channels: hidden, in: scope / "actnorm2")
        last = try Convolution(hidden, outputs, size: 3, .zeros, in: scope / "conv3")
        logScale = try scope.parameter("log_scale", [outputs, 1, 1], .zeros)
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        let one = try firstNorm.encode(first(held)).value.relu()
        let two = try secondNorm.encode(second(one)).value.relu()
        return try last(two) * (logScale * 3).exp()
    }

    package func start(on held: Tensor) throws(TorchError) -> Tensor {
        let one = try firstNorm.start(on: first(held)).value.relu()
        let two = try secondNorm.start(on: second(one)).value.relu()
        return try last(two) * (logScale * 3).exp()
    }

    package func frozen() throws(TorchError) -> any Conditioner {
        let scale = try (logScale * 3).exp()
        return ConvolutionStack([
            try first.followed(by: firstNorm), try second.followed(by: secondNorm),
            try last.followed(scale: scale, shift: scale * 0),
        ])
    }
}

extension Convolution {
    /// The convolution with `norm` folded in: (y + b) · exp(logs).
    fileprivate func followed(by norm: ActNorm) throws(TorchError) -> Convolution {
        let scale = try norm.logScale.exp()
        return try followed(scale: scale, shift: norm.shift * scale)
    }
}
