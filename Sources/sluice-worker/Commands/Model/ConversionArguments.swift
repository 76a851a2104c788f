import ArgumentParser
import Models
import Worker

/// What a checkpoint may leave open.
struct ConversionArguments: ParsableArguments {
    @Option(help: "Height and width of the pictures: one number, or HEIGHTxWIDTH.")
    var size: PictureSize?

    @Option(help: "Channels of the pictures.") var channels: Int?

    @Option(help: "The depth of the pictures that the model was trained on.") var bits: Int?

    @Option(help: "glowip: how pictures become channels; detected when left out.")
    var squeeze: GlowIPSettings.Squeezing?

    @Option(help: "glowip: what is added to the scales of the last level, 0 or 1; detected.")
    var lastBias: Double?

    @Option(help: "glowip: what is added to the scales of the other levels; detected.")
    var couplingBias: Double?

    @Option(help: "normflows: how couplings scale; detected when left out.")
    var scale: NormflowsSettings.Scale?

    @Option(name: .customLong("class"), help: "normflows: the class of pictures, from 0.")
    var label: Int?

    @Option(help: "glowip, normflows: an NPY file of pictures that the model should like.")
    var probes: String?

    @Option(help: "safetensors, npz: a JSON file with our names of the tensors by theirs.")
    var map: String?

    @Option(help: "safetensors, npz: a model.json, or the architecture in one.")
    var architecture: String?

    func validate() throws {
        if let channels, !(1...4096).contains(channels) {
            throw ValidationError("--channels is 1 to 4096, not \(channels)")
        }
    }

    /// The options, with everything that stands in files.
    ///
    /// - Throws: `ArrayError` or `ModelCommandError` for these files.
    func options(source: String, format: CheckpointFormat) throws -> ConversionOptions {
        var options = ConversionOptions()
        (options.size, options.channels, options.bits) = (size?.sides, channels, bits)
        (options.squeeze, options.lastBias) = (squeeze, lastBias)
        (options.couplingBias, options.scale, options.label) = (couplingBias, scale, label)
        if format == .glowIP { try options.readConfiguration(beside: source) }
        if let probes { try options.readProbes(at: probes) }
        if let map { try options.readMap(at: map) }
        if let architecture { options.architecture = try ConversionOptions.json(at: architecture) }
        return options
    }
}

/// Height and width as a user writes them.
struct PictureSize: ExpressibleByArgument {
    let sides: [Int]

    init?(argument: String) {
        let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
            .map { Int($0) ?? 0 }
        guard (1...2).contains(sides.count), sides.allSatisfy((1...65_536).contains) else {
            return nil
        }
        self.sides = sides.count == 1 ? sides + sides : sides
    }
}

extension GlowIPSettings.Squeezing: ExpressibleByArgument {}

extension NormflowsSettings.Scale: ExpressibleByArgument {}
