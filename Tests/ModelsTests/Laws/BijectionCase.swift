import Models
import Tensors
import Testing

/// A bijection to run the laws on, with samples that suit it.
struct BijectionCase: Sendable, CustomTestStringConvertible {
    /// The type, and what is special about this one.
    let testDescription: String
    /// Channels, height and width of a sample.
    let shape: [Int]
    /// Where the elements of the samples lie.
    let domain: ClosedRange<Double>
    let isFrozen: Bool
    let make: @Sendable (ParameterScope) throws -> any Bijection

    init(
        _ name: String, _ shape: [Int], domain: ClosedRange<Double> = -2...2,
        isFrozen: Bool = false,
        _ make: @escaping @Sendable (ParameterScope) throws -> any Bijection
    ) {
        testDescription = name
        self.shape = shape
        self.domain = domain
        self.isFrozen = isFrozen
        self.make = make
    }

    /// The type that is tested.
    var typeName: String {
        String(testDescription.prefix { $0 != "," })
    }

    /// The bijection, with parameters that are not those of a beginning.
    func built(_ type: DataType = .float64) throws -> (any Bijection, ParameterStore) {
        let store = ParameterStore(random: Generator(seed: 3), type)
        let bijection = try make(store.root)
        try store.finish()
        var generator = Generator(seed: 4)
        for parameter in store.ordered {
            try parameter.accumulate(generator.normal(parameter.shape, type), times: 0.2)
        }
        return (isFrozen ? try bijection.frozen() : bijection, store)
    }

    /// `count` samples in the domain.
    func samples(_ count: Int = 3, _ type: DataType = .float64) throws -> Tensor {
        var generator = Generator(seed: 5)
        let unit = try generator.uniform([count] + shape, type)
        return try unit * (domain.upperBound - domain.lowerBound) + domain.lowerBound
    }

    /// The laws on this bijection.
    func laws() throws -> BijectionLaws {
        try BijectionLaws(bijection: built().0, x: samples())
    }
}

extension BijectionCase {
    private static func coupling(
        _ mask: CouplingMask, _ name: String, _ scale: ScaleMap? = nil,
        _ form: AffineCoupling.Form = .init()
    ) -> BijectionCase {
        let isBoard = mask == .evenSquares || mask == .oddSquares
        let channels = isBoard ? (form.showsBoard ? 3 : 2, 4) : (1, 2)
        return BijectionCase("AffineCoupling, \(mask), \(name)", [2, 2, 3]) { scope in
            let network = try ResidualNetwork(
                inputs: channels.0, outputs: channels.1, width: 4, blocks: 1,
                in: scope / "network")
            if let scale { return AffineCoupling(mask, scale, network, form) }
            let factor = try scope.parameter("rescale", [channels.1 / 2, 1, 1], .constant(1))
            return AffineCoupling(mask, .rescaled(factor), network, form)
        }
    }

    private static func additive(_ half: ChannelHalf) -> BijectionCase {
        BijectionCase("AdditiveCoupling, \(half)", [4, 2, 3]) { scope in
            let network = try ResidualNetwork(
                inputs: 2, outputs: 2, width: 4, blocks: 1, in: scope / "network")
            return AdditiveCoupling(moving: half, network)
        }
    }

    private static func step(
        _ name: String, _ form: GlowStep.Form, isFrozen: Bool = false
    ) -> BijectionCase {
        BijectionCase(name, [4, 1, 3], isFrozen: isFrozen) { scope in
            try GlowStep(channels: 4, hidden: 6, form, in: scope)
        }
    }

    private static func flow(_ name: String, _ architecture: Architecture) -> BijectionCase {
        BijectionCase("Flow, \(name)", [1, 4, 4], domain: 0...1) { scope in
            try architecture.flow(imageShape: [1, 4, 4], in: scope)
        }
    }

    private static func glow(_ settings: GlowSettings, _ name: String) -> BijectionCase {
        flow("Glow, \(name)", .glow(settings))
    }

    /// Every bijection of the target; a test notices when a type is missing.
    static let all: [BijectionCase] =
        CouplingMask.allCases.map { coupling($0, "rescaled") } + [
            coupling(.evenSquares, "bounded", .bounded(2)),
            coupling(.firstChannels, "sigmoid", .sigmoid(offset: 2, extra: 0)),
            coupling(.secondChannels, "sigmoid + 1", .sigmoid(offset: 2, extra: 1)),
            coupling(
                .secondChannels, "shift first", .guarded(.sigmoid(offset: 2, extra: 0)),
                .init(order: .shiftFirst)),
            coupling(
                .firstChannels, "exponential", .guarded(.exponential), .init(order: .shiftFirst)),
            coupling(.secondChannels, "1 / sigmoid", .guarded(.inverseSigmoid(offset: 2))),
            coupling(
                .oddSquares, "shift first, without the board", nil,
                .init(order: .shiftFirst, showsBoard: false)),
            additive(.first), additive(.second),
            BijectionCase("ActNorm", [3, 2, 2]) { try ActNorm(channels: 3, in: $0) },
            BijectionCase("ActNorm, signed", [3, 2, 2]) { scope in
                try ActNorm(channels: 3, .signed, in: scope)
            },
            BijectionCase("ChannelMixing", [3, 2, 2]) { try ChannelMixing(channels: 3, in: $0) },
            BijectionCase("TriangularMixing", [5, 2, 2]) {
                try TriangularMixing(channels: 5, in: $0)
            },
            step("GlowStep", .init(scale: .bounded(2))),
            step("GlowStep, triangular and additive", .init(mixing: .lu, scale: nil)),
            step(
                "GlowStep, another program's",
                .init(
                    norm: .signed, moving: .second, scale: .exponential, order: .shiftFirst,
                    network: .init(hasNorms: false, border: 1))),
            step(
                "GlowStep, a bare network",
                .init(scale: .exponential, network: .init(hasBiases: false, hasGain: false))),
            step("ChannelAffine, in a frozen GlowStep", .init(scale: .bounded(2)), isFrozen: true),
            step(
                "ChannelAffine, of triangular factors", .init(mixing: .lu, scale: .bounded(2)),
                isFrozen: true),
            BijectionCase("Chain", [2, 2, 2]) { scope in
                Chain([
                    Offset(0.5), try ActNorm(channels: 2, in: scope / "norm"),
                    Squeeze(.byChannel),
                    try ChannelMixing(channels: 8, in: scope / "mixing"),
                ])
            },
            BijectionCase("ChannelInterleave", [4, 1, 3]) { _ in ChannelInterleave() },
            BijectionCase("Chain, empty", [1, 1, 3]) { _ in Chain([]) },
            BijectionCase("Logit", [1, 3, 4], domain: -0.05...1.05) { _ in Logit(margin: 0.05) },
            BijectionCase("Confinement", [1, 3, 4]) { _ in Confinement() },
            BijectionCase("Offset", [1, 3, 4]) { _ in Offset(0.5) },
            BijectionCase("Squeeze, by channel", [3, 2, 2]) { _ in Squeeze(.byChannel) },
            BijectionCase("Squeeze, by memory", [3, 2, 2]) { _ in Squeeze(.byMemory) },
            BijectionCase("CornerGrouping", [8, 1, 2]) { _ in CornerGrouping() },
            glow(.init(levels: 2, steps: 1, lastSteps: 2, hidden: 4), "standard prior"),
            glow(
                .init(
                    levels: 2, steps: 1, lastSteps: 1, hidden: 4, splitPrior: .learned,
                    scale: .sigmoid), "learned prior"),
            glow(
                .init(
                    levels: 2, steps: 1, lastSteps: 1, hidden: 4, splitPrior: .learned,
                    topPrior: .learned, mixing: .lu, coupling: .additive), "everything else"),
            flow(
                "GlowIP",
                .glowIP(
                    .init(levels: 2, steps: 1, hidden: 4, couplingBias: 0.5, lastBias: 1))),
            flow(
                "GlowIP, additive",
                .glowIP(
                    .init(
                        levels: 2, steps: 1, hidden: 4, coupling: .additive, squeeze: .reshape))),
            flow(
                "glow-pytorch",
                .glowPyTorch(
                    .init(
                        levels: 2, steps: 1, hidden: 2, coupling: .affine, mixing: [.lu, .plain]))),
            flow(
                "glow-pytorch, additive",
                .glowPyTorch(.init(levels: 1, steps: 2, hidden: 4, mixing: [.lu]))),
            flow("normflows", .normflows(.init(levels: 2, steps: 1, hidden: 4))),
            flow(
                "normflows, with norms",
                .normflows(
                    .init(
                        levels: 1, steps: 2, hidden: 4, scale: .exponential, mixing: .plain,
                        networkNorms: true))),
            flow(
                "normflows, additive",
                .normflows(.init(levels: 1, steps: 1, hidden: 4, coupling: .additive))),
            flow(
                "chrischute's RealNVP",
                .batchNormRealNVP(.init(scales: 2, blocks: 1, width: 2))),
            BijectionCase("Flow, RealNVP", [1, 4, 4], domain: 0...1) { scope in
                try Architecture.realNVP(.init(scales: 2, blocks: 1, width: 3))
                    .flow(imageShape: [1, 4, 4], in: scope)
            },
        ]
}
