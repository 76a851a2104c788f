package import Tensors

/// Which network a model is, with every hyper-parameter.
package enum Architecture: Codable, Sendable, Equatable {
    case glow(GlowSettings)
    case realNVP(RealNVPSettings)
    case dcgan(DCGANSettings)
    case vae(VAESettings)

    /// Whether log p of a picture can be computed; generators without a density only make some.
    package var hasDensity: Bool {
        switch self {
        case .glow, .realNVP: true
        case .dcgan, .vae: false
        }
    }

    /// The smallest factor by which the sides of a picture must be divisible.
    package var sideFactor: Int {
        switch self {
        case .glow(let settings): 1 << settings.levels
        case .realNVP(let settings): 1 << (settings.scales - 1)
        case .dcgan, .vae: 1
        }
    }

    /// The flow of this architecture, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not divisible, it is no flow or memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        try check(imageShape)
        switch self {
        case .glow(let settings):
            return try .glow(settings, imageShape: imageShape, in: scope)
        case .realNVP(let settings):
            return try .realNVP(settings, imageShape: imageShape, in: scope)
        case .dcgan, .vae:
            throw TorchError(
                operation: "flow", shapes: [imageShape],
                message: "this architecture makes pictures but has no density")
        }
    }

    /// What makes pictures in this architecture, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when it cannot make pictures of `imageShape` or memory is short.
    package func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator {
        try check(imageShape)
        switch self {
        case .glow, .realNVP:
            return try flow(imageShape: imageShape, in: scope)
        case .dcgan(let settings):
            return try DCGAN(settings, imageShape: imageShape, in: scope)
        case .vae(let settings):
            return try VAE(settings, imageShape: imageShape, in: scope)
        }
    }

    /// - Throws: `TorchError` when there is no such network.
    private func check(_ imageShape: [Int]) throws(TorchError) {
        guard let problem = problem(with: imageShape) else { return }
        throw TorchError(operation: "model", shapes: [imageShape], message: problem)
    }

    /// Why there is no such network, nil when there is one.
    ///
    /// The numbers may come from any file.
    private func problem(with imageShape: [Int]) -> String? {
        let limits = 1...65_536
        guard imageShape.count == 3, imageShape.allSatisfy(limits.contains) else {
            return "pictures must have channels, height and width, each from 1 to 65536"
        }
        let isSensible =
            switch self {
            case .glow(let settings):
                (1...12).contains(settings.levels) && limits.contains(settings.hidden)
                    && [settings.steps, settings.lastSteps].allSatisfy((0...4096).contains)
            case .realNVP(let settings):
                (1...12).contains(settings.scales) && (0...4096).contains(settings.blocks)
                    && limits.contains(settings.width)
                    && settings.margin > 0 && settings.margin < 0.5
            case .dcgan(let settings):
                limits.contains(settings.latent) && (1...1024).contains(settings.width)
            case .vae(let settings):
                limits.contains(settings.latent) && limits.contains(settings.hidden)
            }
        guard isSensible else { return "a setting of the architecture is out of its range" }
        let isDivisible = imageShape.dropFirst().allSatisfy { $0.isMultiple(of: sideFactor) }
        return isDivisible
            ? nil : "the sides of the pictures must be divisible by \(sideFactor)"
    }
}
