package import Tensors

/// Which network a model is, with every hyper-parameter.
package enum Architecture: Codable, Sendable, Equatable {
    case glow(GlowSettings)
    case realNVP(RealNVPSettings)

    /// The smallest factor by which the sides of a picture must be divisible.
    package var sideFactor: Int {
        switch self {
        case .glow(let settings): 1 << settings.levels
        case .realNVP(let settings): 1 << (settings.scales - 1)
        }
    }

    /// The flow of this architecture, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not divisible or memory is short.
    package func flow(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> Flow {
        guard imageShape.count == 3, imageShape[1] % sideFactor == 0,
            imageShape[2] % sideFactor == 0
        else {
            throw TorchError(
                operation: "flow", shapes: [imageShape],
                message: "the sides of the pictures must be divisible by \(sideFactor)")
        }
        switch self {
        case .glow(let settings):
            return try .glow(settings, imageShape: imageShape, in: scope)
        case .realNVP(let settings):
            return try .realNVP(settings, imageShape: imageShape, in: scope)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case glow
        case realNVP = "real_nvp"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let settings = try container.decodeIfPresent(GlowSettings.self, forKey: .glow) {
            self = .glow(settings)
        } else {
            self = .realNVP(try container.decode(RealNVPSettings.self, forKey: .realNVP))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .glow(let settings): try container.encode(settings, forKey: .glow)
        case .realNVP(let settings): try container.encode(settings, forKey: .realNVP)
        }
    }
}
