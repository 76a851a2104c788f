import Jobs
import Physics
import Tensors

/// What signs are when nothing but factors and masks comes after them: all of one size.
struct SignedMeasurement {
    /// What is applied to the signs.
    private let rest: [any ForwardOperator]
    /// The product of the factors.
    private let factor: Double

    /// Nil where `steps` give no signs, or `forward` changes them in other ways.
    init?(_ steps: [ForwardSpec], _ forward: any ForwardOperator) {
        guard let factor = steps.factorOfSigns else { return nil }
        let parts = (forward as? any OperatorChain)?.steps ?? [forward]
        guard let sign = parts.lastIndex(where: { $0 is Sign }) else { return nil }
        self.factor = factor
        rest = Array(parts[(sign + 1)...])
    }

    /// Checks that an exact `measurement` has signs of the size that they have here.
    ///
    /// - Throws: `PipelineError` when it has other values; `TorchError`.
    func check(_ measurement: Tensor) throws {
        var expected = try measurement.filled(with: 1)
        for step in rest { expected = try step.apply(expected) }
        // Half precision is enough to write them.
        let distance = try (measurement.magnitude() - expected).magnitude()
        let isSign = try distance.isAtMost(expected * 1e-3).converted(to: .float32)
        guard try isSign.smallest().item() == 1 else { throw mismatch }
    }

    private var mismatch: PipelineError {
        let size = factor == 1 ? "1" : "\(factor)"
        return PipelineError(
            .mismatch(
                """
                the measurement has values other than +\(size) and -\(size), which signs without \
                noise are here; write \(size) and -\(size), or name the noise
                """), in: "forward.sign")
    }
}

extension [ForwardSpec] {
    /// What signs are multiplied by after the last `sign`; nil where there are none in the end.
    var factorOfSigns: Double? {
        var factor: Double?
        for step in self {
            switch step {
            case .sign: factor = 1
            case .scale(let other): factor = factor.map { $0 * other }
            case .identity, .mask: break
            case .blur, .downsample, .randomMatrix, .matrix, .quantize, .fourier, .grayscale:
                factor = nil
            }
        }
        return factor
    }
}
