import Tensors

/// Which network stands between the folds.
package indirect enum ProximalSettings: Sendable, Equatable {
    /// A flow of any architecture, whose latents shrink.
    case flow(Architecture)
    case resnet(ResNetSettings)
    case unet(UNetSettings)

    var sideFactor: Int {
        switch self {
        case .flow(let architecture): architecture.sideFactor
        case .resnet: 1
        case .unet: 1 << UNetProximal.halvings
        }
    }

    var isSensible: Bool {
        switch self {
        case .flow(let architecture): architecture.hasDensity
        case .resnet(let settings):
            Architecture.lengths.contains(settings.width)
                && Architecture.counts.contains(settings.blocks)
        case .unet(let settings): (1...4096).contains(settings.width)
        }
    }

    var summary: String {
        switch self {
        case .flow(let architecture): architecture.summary
        case .resnet(let settings): "ResNet, width: \(settings.width), blocks: \(settings.blocks)"
        case .unet(let settings): "U-Net, width: \(settings.width)"
        }
    }
}

/// In JSON it is an object with one key: that of the flow, `resnet` or `unet`.
extension ProximalSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case resnet, unet
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.resnet) {
            self = .resnet(try container.decode(ResNetSettings.self, forKey: .resnet))
        } else if container.contains(.unet) {
            self = .unet(try container.decode(UNetSettings.self, forKey: .unet))
        } else {
            self = .flow(try Architecture(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        if case .flow(let architecture) = self { return try architecture.encode(to: encoder) }
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .flow: break
        case .resnet(let settings): try container.encode(settings, forKey: .resnet)
        case .unet(let settings): try container.encode(settings, forKey: .unet)
        }
    }
}
