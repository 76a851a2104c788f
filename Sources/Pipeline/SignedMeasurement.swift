import Arrays
import Jobs
import Physics
import Tensors

/// What signs are when nothing but factors and masks comes after them: all of one size.
struct SignedMeasurement {
    /// What is applied to the signs.
    private let rest: [any ForwardOperator]
    /// The product of the factors.
    private let factor: Double
    /// Where the step stands that makes them.
    private let path: SettingPath

    /// Nil where `steps` give no signs, or `forward` changes them in other ways.
    init?(_ steps: [ForwardSpec], _ forward: any ForwardOperator) {
        guard let factor = steps.factorOfSigns else { return nil }
        let parts = (forward as? any OperatorChain)?.steps ?? [forward]
        guard let sign = parts.lastIndex(where: { $0 is Sign }) else { return nil }
        self.factor = factor
        rest = Array(parts[(sign + 1)...])
        let place = steps.lastIndex { if case .sign = $0 { true } else { false } } ?? 0
        path = .key("forward")[place]["sign"]
    }

    /// Checks that an exact `measurement` of `pictures` has signs of the size that they have here.
    ///
    /// - Throws: `JobFault` when it has other values; `TorchError`.
    func check(_ measurement: Tensor, of pictures: [JobPicture]) throws {
        var expected = try measurement.filled(with: 1)
        for step in rest { expected = try step.apply(expected) }
        // Half precision is enough to write them.
        let distance = try (measurement.magnitude() - expected).magnitude()
        let isSign = try distance.isAtMost(expected * 1e-3).converted(to: .float32)
        guard try isSign.smallest().item() != 1 else { return }
        for (index, picture) in pictures.enumerated() {
            let marks = try isSign.element(index).hostArray().numbers(as: Float.self)
            guard let place = marks.firstIndex(of: 0) else { continue }
            let values = try measurement.element(index).hostArray().numbers(as: Float.self)
            throw fault(picture.source, values[place])
        }
    }

    private func fault(_ picture: String, _ value: Float) -> JobFault {
        let size = factor == 1 ? "1" : "\(factor)"
        return JobFault(
            .mismatch(
                """
                the measurement \(picture) has values other than +\(size) and -\(size), such as \
                \(value), but signs without noise are these here
                """, remedy: "write \(size) and -\(size), or name the noise"), at: path)
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
