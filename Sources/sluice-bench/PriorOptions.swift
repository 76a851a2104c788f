import ArgumentParser
import Models

/// Which prior is measured: a shipped one, or one of any size with random weights.
struct PriorOptions: ParsableArguments {
    enum Family: String, CaseIterable, ExpressibleByArgument {
        case glow
        case realNVP = "real-nvp"
    }

    @Option(help: "The name of a model in Models/, or its folder; the sizes below are then its.")
    var model: String?

    @Option(help: "glow or real-nvp.")
    var architecture = Family.glow

    @Option(help: "The sides of a picture.")
    var size = 64

    @Option(help: "The channels of a picture.")
    var channels = 3

    @Option(help: "Glow: levels.")
    var levels = 4

    @Option(help: "Glow: steps in every level but the last.")
    var steps = 18

    @Option(help: "Glow: steps in the last level.")
    var lastSteps = 1

    @Option(help: "Glow: channels inside a coupling network.")
    var hidden = 512

    @Flag(help: "Glow: learned means and scales where channels leave.")
    var learnedPrior = false

    @Option(help: "RealNVP: scales.")
    var scales = 3

    @Option(help: "RealNVP: residual blocks in every coupling network.")
    var blocks = 1

    @Option(help: "RealNVP: channels inside a coupling network.")
    var width = 32

    /// The prior that the options name.
    ///
    /// - Throws: `ModelError` or `BenchError` when there is no such model.
    func prior() throws -> BenchPrior {
        if let model { return try BenchPrior(named: model) }
        return BenchPrior(architecture: architectureSettings, imageShape: [channels, size, size])
    }

    private var architectureSettings: Architecture {
        switch architecture {
        case .glow:
            .glow(
                GlowSettings(
                    levels: levels, steps: steps, lastSteps: lastSteps, hidden: hidden,
                    splitPrior: learnedPrior ? .learned : .standard))
        case .realNVP:
            .realNVP(RealNVPSettings(scales: scales, blocks: blocks, width: width))
        }
    }
}
