/// In JSON an architecture is an object with one key: `{"glow": {…}}`.
extension Architecture: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case glow, dcgan, vae, normflows, unfolded
        case realNVP = "real_nvp"
        case glowIP = "glowip"
        case glowPyTorch = "glow_pytorch"
        case batchNormRealNVP = "real_nvp_batch_norm"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let key = container.allKeys.first else {
            let names = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "is none of those that this version has: \(names)"))
        }
        switch key {
        case .glow: self = .glow(try container.decode(GlowSettings.self, forKey: key))
        case .realNVP: self = .realNVP(try container.decode(RealNVPSettings.self, forKey: key))
        case .glowIP: self = .glowIP(try container.decode(GlowIPSettings.self, forKey: key))
        case .glowPyTorch:
            self = .glowPyTorch(try container.decode(GlowPyTorchSettings.self, forKey: key))
        case .normflows:
            self = .normflows(try container.decode(NormflowsSettings.self, forKey: key))
        case .batchNormRealNVP:
            self = .batchNormRealNVP(
                try container.decode(BatchNormRealNVPSettings.self, forKey: key))
        case .dcgan: self = .dcgan(try container.decode(DCGANSettings.self, forKey: key))
        case .vae: self = .vae(try container.decode(VAESettings.self, forKey: key))
        case .unfolded:
            self = .unfolded(try container.decode(UnfoldedSettings.self, forKey: key))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .glow(let settings): try container.encode(settings, forKey: .glow)
        case .realNVP(let settings): try container.encode(settings, forKey: .realNVP)
        case .glowIP(let settings): try container.encode(settings, forKey: .glowIP)
        case .glowPyTorch(let settings): try container.encode(settings, forKey: .glowPyTorch)
        case .normflows(let settings): try container.encode(settings, forKey: .normflows)
        case .batchNormRealNVP(let settings):
            try container.encode(settings, forKey: .batchNormRealNVP)
        case .dcgan(let settings): try container.encode(settings, forKey: .dcgan)
        case .vae(let settings): try container.encode(settings, forKey: .vae)
        case .unfolded(let settings): try container.encode(settings, forKey: .unfolded)
        }
    }
}
