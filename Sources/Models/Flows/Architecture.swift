package import Tensors

/// Which network a model is, with every hyper-parameter.
package enum Architecture: Sendable, Equatable {
    case glow(GlowSettings)
    case realNVP(RealNVPSettings)
    case glowIP(GlowIPSettings)
    case glowPyTorch(GlowPyTorchSettings)
    case normflows(NormflowsSettings)
    case batchNormRealNVP(BatchNormRealNVPSettings)
    case dcgan(DCGANSettings)
    case vae(VAESettings)
    case unfolded(UnfoldedSettings)

    private var settings: any ArchitectureSettings {
        switch self {
        case .glow(let settings): settings
        case .realNVP(let settings): settings
        case .glowIP(let settings): settings
        case .glowPyTorch(let settings): settings
        case .normflows(let settings): settings
        case .batchNormRealNVP(let settings): settings
        case .dcgan(let settings): settings
        case .vae(let settings): settings
        case .unfolded(let settings): settings
        }
    }

    /// Whether log p of a picture can be computed; generators without a density only make some.
    package var hasDensity: Bool { settings is any FlowSettings }

    /// The smallest factor by which the sides of a picture must be divisible.
    package var sideFactor: Int { settings.sideFactor }

    /// The architecture in words, for people.
    package var summary: String { settings.summary }

    /// The flow of this architecture, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not divisible, it is no flow or memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        try check(imageShape)
        guard let settings = settings as? any FlowSettings else {
            throw TorchError(
                operation: "flow", shapes: [imageShape],
                message: "this architecture makes pictures but has no density")
        }
        return try settings.flow(imageShape: imageShape, in: scope)
    }

    /// What makes pictures in this architecture, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when it cannot make pictures of `imageShape` or memory is short.
    package func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator {
        try check(imageShape)
        return try settings.generator(imageShape: imageShape, in: scope)
    }

    /// Sees whether there is such a network for pictures of `imageShape`.
    ///
    /// - Throws: `TorchError` when there is none.
    package func check(_ imageShape: [Int]) throws(TorchError) {
        guard let problem = problem(with: imageShape) else { return }
        throw TorchError(operation: "model", shapes: [imageShape], message: problem)
    }

    /// Why there is no such network, nil when there is one.
    ///
    /// The numbers may come from any file.
    private func problem(with imageShape: [Int]) -> String? {
        guard imageShape.count == 3, imageShape.allSatisfy(Self.lengths.contains) else {
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

    /// How long the axes of a picture or of a layer may be.
    static let lengths = 1...65_536
    /// How many steps or blocks there may be.
    static let counts = 0...4096
    /// How many levels or scales there may be.
    static let depths = 1...12
}
