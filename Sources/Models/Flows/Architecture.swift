package import Tensors

/// Which network a model is, with every hyper-parameter.
package enum Architecture: Sendable, Equatable {
    case glow(GlowSettings)
    case realNVP(RealNVPSettings)
    case glowIP(GlowIPSettings)

    private var settings: any FlowSettings {
        switch self {
        case .glow(let settings): settings
        case .realNVP(let settings): settings
        case .glowIP(let settings): settings
        }
    }

    /// The smallest factor by which the sides of a picture must be divisible.
    package var sideFactor: Int { settings.sideFactor }

    /// The architecture in words, for people.
    package var summary: String { settings.summary }

    /// The flow of this architecture, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not divisible or memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        if let problem = problem(with: imageShape) {
            throw TorchError(operation: "flow", shapes: [imageShape], message: problem)
        }
        return try settings.flow(imageShape: imageShape, in: scope)
    }

    /// Why there is no such flow, nil when there is one.
    ///
    /// The numbers may come from any file.
    private func problem(with imageShape: [Int]) -> String? {
        let limits = GlowSettings.lengths
        guard imageShape.count == 3, imageShape.allSatisfy(limits.contains) else {
            return "pictures must have channels, height and width, each from 1 to 65536"
        }
        let settings = settings
        guard settings.isSensible else {
            return "a setting of the architecture is out of its range"
        }
        let isDivisible = imageShape.dropFirst().allSatisfy {
            $0.isMultiple(of: settings.sideFactor)
        }
        return isDivisible
            ? nil : "the sides of the pictures must be divisible by \(settings.sideFactor)"
    }
}
