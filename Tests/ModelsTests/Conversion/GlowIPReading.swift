import Models
import TensorSupport
import Testing

/// A file of GlowIP and how to read it.
struct GlowIPReading: Sendable, CustomTestStringConvertible {
    let folder: String
    let file: String
    let results: String
    let squeeze: GlowIPSettings.Squeezing
    let lastBias: Double
    let couplingBias: Double

    var testDescription: String { "\(folder)/\(file), \(results)" }

    private init(
        _ folder: String, _ file: String, _ results: String,
        _ squeeze: GlowIPSettings.Squeezing, _ lastBias: Double, _ couplingBias: Double = 0
    ) {
        self.folder = folder
        self.file = file
        self.results = results
        self.squeeze = squeeze
        self.lastBias = lastBias
        self.couplingBias = couplingBias
    }

    /// The files with random weights, under every reading that there are results of.
    static let random: [GlowIPReading] =
        every("full_k1l1_8_legacy", "glowmodel_legacy.pt", Self.names)
        + every("full_k1l2_16", "glowmodel.pt", Self.names)
        + every(
            "narrow_additive_k2l3_16", "glowmodel.pt",
            ["allcontig_last0", "contig_last1", "s2d_last1"])
        + every("narrow_k2l2_16_trace", "glowmodel_legacy.pt", Self.names)
        + every(
            "narrow_k3l3_32", "glowmodel.pt", ["allcontig_last0", "s2d_last0", "s2d_last1"])

    /// The files with trained weights, under the right reading.
    static let trained: [GlowIPReading] = [
        .init("trained_2019", "glowmodel.pt", "io_correct.npz", .reshapeAll, 0),
        .init("trained_head", "glowmodel_legacy.pt", "io_correct.npz", .spaceToDepth, 1),
        .init("trained_head_bias", "glowmodel.pt", "io_correct.npz", .spaceToDepth, 1, 0.5),
        .init("trained_head_contig", "glowmodel.pt", "io_correct.npz", .reshape, 1),
        .init("trained_head_nolz", "glowmodel.pt", "io_correct.npz", .spaceToDepth, 0),
    ]

    private static let names = [
        "allcontig_last0", "contig_last0", "contig_last1", "s2d_last0", "s2d_last1",
    ]

    private static func every(
        _ folder: String, _ file: String, _ names: [String]
    ) -> [GlowIPReading] {
        names.map { name in
            let squeeze: GlowIPSettings.Squeezing =
                name.hasPrefix("all")
                ? .reshapeAll
                : name.hasPrefix("contig") ? .reshape : .spaceToDepth
            return GlowIPReading(
                folder, file, "io_\(name).npz", squeeze, name.hasSuffix("1") ? 1 : 0)
        }
    }

    /// What `configs.json` and the reader say.
    func options(_ golden: PublishedGolden) throws -> ConversionOptions {
        var options = ConversionOptions()
        options.configuration = try golden.json("configs.json")
        options.squeeze = squeeze
        options.lastBias = lastBias
        options.couplingBias = couplingBias
        return options
    }

    /// The model under this reading.
    func model() throws -> ConvertedModel {
        let golden = try PublishedGolden("glowip", folder)
        return try Conversion(format: .glowIP, options: options(golden))
            .converted(tensors: golden.checkpoint(file))
    }

    /// What GlowIP computes with it.
    func arrays() throws -> GoldenTensors {
        try PublishedGolden("glowip", folder).arrays(results)
    }
}
