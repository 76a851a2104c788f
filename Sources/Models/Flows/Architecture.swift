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
        if let problem = problem(with: imageShape) {
            throw TorchError(operation: "flow", shapes: [imageShape], message: problem)
        }
        switch self {
        case .glow(let settings):
            return try .glow(settings, imageShape: imageShape, in: scope)
        case .realNVP(let settings):
            return try .realNVP(settings, imageShape: imageShape, in: scope)
        }
    }

    /// Why there is no such flow, nil when there is one.
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
            }
        guard isSensible else { return "a setting of the architecture is out of its range" }
        let isDivisible = imageShape.dropFirst().allSatisfy { $0.isMultiple(of: sideFactor) }
        return isDivisible
            ? nil : "the sides of the pictures must be divisible by \(sideFactor)"
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
