import Arrays

/// The variants as which one GlowIP file can be read, without those that options rule out.
struct GlowIPReadings {
    /// Without doubles.
    let all: [GlowIPSettings]

    /// What nothing in the file tells apart: three ways to squeeze, and biases of the scales.
    ///
    /// The program of 2019 squeezes by memory at every level and adds nothing; later ones add 1 at
    /// the last level when the coupling networks began at zero.
    init(_ options: ConversionOptions, _ base: GlowIPSettings) {
        let isAffine = base.coupling == .affine
        let couplingBiases = isAffine && base.levels > 1 ? Self.couplingBiases(options) : [0]
        let lastBiases = isAffine ? Self.lastBiases(options) : [0]
        var all: [GlowIPSettings] = []
        for squeeze in Self.squeezes(options, levels: base.levels) {
            for couplingBias in couplingBiases {
                for lastBias in lastBiases {
                    var settings = base
                    settings.squeeze = squeeze
                    settings.lastBias = lastBias
                    settings.couplingBias = couplingBias
                    if Self.isPossible(settings, options) { all.append(settings) }
                }
            }
        }
        self.all = all
    }

    private static func squeezes(
        _ options: ConversionOptions, levels: Int
    ) -> [GlowIPSettings.Squeezing] {
        if let squeeze = options.squeeze { return [squeeze] }
        // One level is the last, and the last is the same in two of them.
        return levels == 1 ? [.spaceToDepth, .reshapeAll] : GlowIPSettings.Squeezing.allCases
    }

    /// Whether there was a program like that, or one is asked for.
    private static func isPossible(
        _ settings: GlowIPSettings, _ options: ConversionOptions
    ) -> Bool {
        guard settings.squeeze == .reshapeAll else { return true }
        return (settings.lastBias == 0 || options.lastBias != nil)
            && (settings.couplingBias == 0 || options.couplingBias != nil)
    }

    private static func lastBiases(_ options: ConversionOptions) -> [Double] {
        if let bias = options.lastBias { return [bias] }
        return [0, 1]
    }

    private static func couplingBiases(_ options: ConversionOptions) -> [Double] {
        if let bias = options.couplingBias { return [bias] }
        let configured = options.configuration?["coupling_bias"]?.number
        return [0, 0.5, 1] + [configured].compactMap { $0 }.filter { ![0, 0.5, 1].contains($0) }
    }
}
