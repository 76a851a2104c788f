import Models
import Physics
import Tensors

extension Langevin {
    /// Every choice made: what the chains of a picture do.
    package struct Plan: Sendable, Equatable {
        package var samples: Int
        /// Chains that move side by side.
        package var chains: Int
        /// The steps of a chain.
        package var steps: Int
        /// How many of them come before anything is kept.
        package var burnIn: Int
        /// `latent` or `image`.
        package var space: MAP.Settings.Space
        package var beta: Double
        /// The standard deviation that exact measurements are given; nil takes the noise as it is.
        package var restingFloor: Double?
        /// The smallest standard deviation of the noise in the first step, which then falls to half.
        package var softening: Double

        /// How much of its momentum a chain forgets, per unit of time.
        ///
        /// Time is counted so that what only the prior knows swings with a frequency of one.
        package static let friction = 0.25

        /// The steps between two samples of a chain.
        var spacing: Int { max((steps - burnIn) / max((samples + chains - 1) / chains, 1), 1) }
    }

    /// As many chains make a machine busy.
    private static let mostChains = 16
    private static let burnIn = 24
    /// Steps that are kept of every chain, at least, and for every sample of it.
    private static let kept = (least: 40, perSample: 20)
    /// Below these, taken from all chains, nothing lies outside of an interval of 90 %.
    private static let fewestKept = 20
    /// Half a hundredth of a picture's range is what exact measurements are taken to have as noise:
    /// beneath it chains would need thousands of steps.
    private static let exactFloor = 0.005

    /// Every choice for `problem`.
    ///
    /// - Throws: `SolverError` when problem, prior and settings do not fit; `TorchError`.
    package func plan(for problem: Problem) throws -> Plan {
        try problem.validate(for: prior.imageShape, in: "langevin")
        try settings.validate()
        if settings.space == .image, case .logit = prior.support {
            // Slopes without bound at the ends of the scale, where most pixels are, hold chains still.
            throw SolverError(
                .choice(
                    "space: image with a prior behind a logit, in which chains do not move,",
                    expected: "space: latent, or leave it out"), in: "langevin")
        }
        let chains = min(settings.samples, Self.mostChains)
        let rounds = (settings.samples + chains - 1) / chains
        let steps =
            settings.steps ?? Self.burnIn + max(Self.kept.least, Self.kept.perSample * rounds)
        let burnIn = settings.steps == nil ? Self.burnIn : Self.burnIn(of: steps)
        guard steps - burnIn >= rounds else {
            throw SolverError(
                .setting(
                    "steps", value: Double(steps),
                    expected: "\(2 * rounds) or more for \(settings.samples) samples"),
                in: "langevin")
        }
        try Self.checkInterval(chains, steps)
        let isExact = problem.noise.character == .exact
        let spread = try problem.noise.deviation(of: problem.measurement).square().mean().item()
        return Plan(
            samples: settings.samples, chains: chains, steps: steps,
            burnIn: burnIn,
            space: settings.space == .image ? .image : .latent, beta: settings.beta ?? 1,
            restingFloor: isExact ? Self.exactFloor : nil,
            softening: 2 * max(spread.squareRoot(), isExact ? Self.exactFloor : 0))
    }

    /// How many of the steps that a user asks for come before anything is kept.
    private static func burnIn(of steps: Int) -> Int { steps * 2 / 5 }

    /// Whether enough is kept to say between which ends pixels lie.
    private static func checkInterval(_ chains: Int, _ steps: Int) throws(SolverError) {
        func kept(_ steps: Int) -> Int { steps - burnIn(of: steps) }
        guard chains * kept(steps) < fewestKept else { return }
        let enough = (steps...).first { chains * kept($0) >= fewestKept }
        throw SolverError(
            .setting(
                "steps", value: Double(steps),
                expected: """
                    \(enough ?? fewestKept) or more for \(chains) samples: fewer say nothing of an \
                    interval of 90 %
                    """), in: "langevin")
    }
}

extension Langevin.Settings {
    /// The fewest steps of a chain that a spread can be told from.
    private static let fewestSteps = 10

    fileprivate func validate() throws(SolverError) {
        guard samples >= 2 else {
            throw SolverError(
                .setting(
                    "samples", value: Double(samples),
                    expected: "2 or more: one sample says nothing of a spread"), in: "langevin")
        }
        if let steps, steps < Self.fewestSteps {
            throw SolverError(
                .setting(
                    "steps", value: Double(steps), expected: "\(Self.fewestSteps) or more"),
                in: "langevin")
        }
        if let beta, !(beta > 0 && beta.isFinite) {
            throw SolverError(
                .setting(
                    "beta", value: beta, expected: "positive: without a prior there is no end"),
                in: "langevin")
        }
    }
}
