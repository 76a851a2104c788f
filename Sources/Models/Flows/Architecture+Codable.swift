extension Architecture: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case glow
        case realNVP = "real_nvp"
        case glowIP = "glowip"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let key = container.allKeys.first, container.allKeys.count == 1 else {
            let names = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "there must be one architecture of \(names)"))
        }
        switch key {
        case .glow: self = .glow(try container.decode(GlowSettings.self, forKey: key))
        case .realNVP: self = .realNVP(try container.decode(RealNVPSettings.self, forKey: key))
        case .glowIP: self = .glowIP(try container.decode(GlowIPSettings.self, forKey: key))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .glow(let settings): try container.encode(settings, forKey: .glow)
        case .realNVP(let settings): try container.encode(settings, forKey: .realNVP)
        case .glowIP(let settings): try container.encode(settings, forKey: .glowIP)
        }
    }
}
