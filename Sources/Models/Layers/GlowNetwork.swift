package import Tensors

/// The coupling network of Glow: 3×3, 1×1 and 3×3 convolutions with actnorm between them.
///
/// The last convolution begins at 0 and is multiplied by exp(3 · logs).
///
/// Kingma, Dhariwal 2018, section 3.3. <https://arxiv.org/abs/1807.03039>
package struct GlowNetwork: Conditioner {
    let first: Convolution
    let firstNorm: ActNorm?
    let second: Convolution
    let secondNorm: ActNorm?
    let last: Convolution
    let logScale: Tensor?

    /// A network with `hidden` channels inside, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        inputs: Int, outputs: Int, hidden: Int, _ form: Form = Form(), in scope: ParameterScope
    ) throws(TorchError) {
        first = try Convolution(
            inputs, hidden, size: 3, .normal(std: 0.05), hasBias: form.hasBiases,
            in: scope / "conv1")
        firstNorm =
            form.hasNorms ? try ActNorm(channels: hidden, in: scope / "actnorm1") : nil
        second = try Convolution(
            hidden, hidden, size: 1, .normal(std: 0.05), hasBias: form.hasBiases,
            in: scope / "conv2")
        secondNorm =
            form.hasNorms ? try ActNorm(channels: hidden, in: scope / "actnorm2") : nil
        last = try Convolution(
            hidden, outputs, size: 3, .zeros, border: form.border, in: scope / "conv3")
        logScale =
            form.hasGain ? try scope.parameter("log_scale", [outputs, 1, 1], .zeros) : nil
    }

    package func output(for held: Tensor) throws(TorchError) -> Tensor {
        let one = try first(held, then: firstNorm)
        return try amplified(last(second(one.relu(), then: secondNorm).relu()))
    }

    package func start(on held: Tensor) throws(TorchError) -> Tensor {
        let one = try first(held)
        let two = try second((firstNorm?.start(on: one).value ?? one).relu())
        return try amplified(last((secondNorm?.start(on: two).value ?? two).relu()))
    }

    package func frozen() throws(TorchError) -> any Conditioner {
        var end = try last.detached()
        if let logScale {
            let scale = try (logScale * 3).exp()
            end = try last.followed(scale: scale, shift: scale * 0)
        }
        // The rectifier gives max(h, 0) − border as max(h − border, −border).
        let middle = try second.followed(by: secondNorm)
        return try ConvolutionStack(
            [
                try first.followed(by: firstNorm), try middle.lowered(by: end.border),
                try end.ofDifference(),
            ], lastFloor: -end.border)
    }

    private func amplified(_ output: Tensor) throws(TorchError) -> Tensor {
        guard let logScale else { return output }
        return try output * (logScale * 3).exp()
    }
}

extension Convolution {
    /// What `norm` makes of the convolution: (w ∗ x + c + b) · s = (s · w) ∗ x + (c + b) · s.
    ///
    /// A pass over the weights instead of two over the picture, and in training four.
    fileprivate func callAsFunction(
        _ x: Tensor, then norm: ActNorm?
    ) throws(TorchError) -> Tensor {
        guard let norm else { return try self(x) }
        let scale = try norm.scale(weight.dataType())
        let shift = try norm.shift.reshaped(to: [-1])
        let moved = if let bias { try shift + bias } else { shift }
        return try Convolution(
            weight: try weight * scale.reshaped(to: [-1, 1, 1, 1]),
            bias: try moved * scale.reshaped(to: [-1]), border: border)(x)
    }

    /// The convolution with `norm` folded in: (y + b) · s.
    fileprivate func followed(by norm: ActNorm?) throws(TorchError) -> Convolution {
        guard let norm else { return try detached() }
        let scale = try norm.scale(weight.dataType())
        return try followed(scale: scale, shift: norm.shift * scale)
    }

    /// The convolution minus a constant.
    fileprivate func lowered(by amount: Double) throws(TorchError) -> Convolution {
        guard amount != 0 else { return self }
        let ones = try Tensor.ones([weight.shape[0]], weight.dataType(), on: weight.device())
        return try followed(scale: ones, shift: ones * -amount)
    }
}
