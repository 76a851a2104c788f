extension GlowSettings {
    /// Settings as they are written; what older models do not name has its default.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            levels: try container.decode(Int.self, forKey: .levels),
            steps: try container.decode(Int.self, forKey: .steps),
            lastSteps: try container.decode(Int.self, forKey: .lastSteps),
            hidden: try container.decode(Int.self, forKey: .hidden),
            splitPrior: try container.decode(Prior.self, forKey: .splitPrior),
            topPrior: try container.decodeIfPresent(Prior.self, forKey: .topPrior) ?? .standard,
            scale: try container.decode(Scale.self, forKey: .scale),
            mixing: try container.decodeIfPresent(
                GlowStep.Form.Mixing.self, forKey: .mixing) ?? .plain,
            coupling: try container.decodeIfPresent(Coupling.self, forKey: .coupling) ?? .affine)
    }
}
