package import Tensors

/// A shift and a scale per channel, begun so that the first batch has mean 0 and variance 1.
///
///     z = (x + b) · s
///
/// Kingma, Dhariwal 2018, section 3.1. <https://arxiv.org/abs/1807.03039>
package struct ActNorm: Bijection {
    /// What is stored of the scale.
    package enum Form: Sendable {
        /// log s: s is positive.
        case logarithm
        /// s itself, which may be negative.
        case signed
    }

    let shift: Tensor
    private let form: Form
    private let stored: Tensor

    /// Parameters for `channels`, named `shift` and, by the form, `log_scale` or `scale`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        channels: Int, _ form: Form = .logarithm, in scope: ParameterScope
    ) throws(TorchError) {
        let shape = [1, channels, 1, 1]
        self.form = form
        shift = try scope.parameter("shift", shape, .zeros)
        switch form {
        case .logarithm: stored = try scope.parameter("log_scale", shape, .zeros)
        case .signed: stored = try scope.parameter("scale", shape, .constant(1))
        }
    }

    private init(shift: Tensor, _ form: Form, stored: Tensor) {
        self.shift = shift
        self.form = form
        self.stored = stored
    }

    /// s in the given precision, `[1, channels, 1, 1]`.
    func scale(_ type: DataType) throws(TorchError) -> Tensor {
        let stored = try stored.converted(to: type)
        switch form {
        case .logarithm: return try stored.exp()
        case .signed: return stored
        }
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let z = try (x + shift) * scale(x.dataType())
        return Mapped(z, logDeterminant: try volume(of: x))
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let x = try z / scale(z.dataType()) - shift
        return Mapped(x, logDeterminant: try -volume(of: z))
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        let mean = try x.mean(over: [0, 2, 3], keepingAxes: true)
        let variance = try (x - mean).square().mean(over: [0, 2, 3], keepingAxes: true)
        try shift.overwrite(with: -mean)
        // The floor keeps a constant channel finite.
        let deviation = try variance.sqrt() + 1e-6
        switch form {
        case .logarithm: try stored.overwrite(with: deviation.log() * -1)
        case .signed: try stored.overwrite(with: deviation.reciprocal())
        }
        return try encode(x)
    }

    package func frozen() throws(TorchError) -> any Bijection {
        ActNorm(shift: try shift.detached(), form, stored: try stored.detached())
    }

    /// h · w · Σ log |s|, for every sample.
    private func volume(of x: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try x.pictureShape("actnorm", evenSides: false)
        let logarithms = form == .logarithm ? stored : try stored.magnitude().log()
        return try (logarithms.sum() * Double(height * width)).perSample(batch)
    }
}
