import Jobs
import Models
import Physics
import Solvers
import Tensors

/// What prior and noise model say of restored pictures.
struct Judgement {
    /// log p(y | f(x̂)) of every picture; nil where the noise has no closed density.
    let noiseLogLikelihood: [Double]?
    /// Nil where the prior knows no pictures to compare with, and for pictures that are not finite.
    let oddness: [Oddness?]?
}

extension PreparedJob {
    /// Judges the restored pictures of `range`.
    ///
    /// - Parameters:
    ///   - restored: the pictures, `[batch, channel, height, width]`.
    ///   - clean: f(x̂), what would have been measured of them.
    ///   - range: their places in the job.
    ///   - findings: what was found out about their noise.
    ///   - known: the traits of the pictures, where the solver had them at hand.
    /// - Returns: what there is to say of each.
    /// - Throws: `TorchError` when memory is short.
    func judgement(
        of restored: Tensor, given clean: Tensor, _ range: Range<Int>,
        _ findings: [Solution.Finding], known: [PictureTraits]?
    ) throws -> Judgement {
        let problem = try problem(range)
        let densities =
            problem.hasKnownNoise
            ? try problem.noise.logDensity(problem.measurement, given: clean).doubles() : nil
        // Pictures that are larger than the model are none that it can know as a whole.
        guard let flow = prior?.generator as? Flow, flow.imageShape == imageShape,
            isComparable, let reference = prior?.reference
        else {
            return Judgement(noiseLogLikelihood: densities, oddness: nil)
        }
        let traits = try known ?? flow.traits(of: restored)
        let levels = try levels(of: problem, findings)
        let misfits = try misfits(of: problem, clean)
        let oddness = traits.indices.map { index in
            traits[index].isFinite
                ? Oddness(
                    traits[index], misfit: misfits?[index], levels: levels[index], in: reference)
                : nil
        }
        return Judgement(noiseLogLikelihood: densities, oddness: oddness)
    }

    /// Whether pictures are restored as those of a reference are.
    private var isUsual: Bool {
        guard case .map(var map) = spec.solver else { return false }
        // Pictures of the model's size are seen as a whole.
        map.windows = nil
        return map == MAPSpec()
    }

    /// Whether what is restored is a picture like those that a reference is of: a mean of samples is
    /// none, and improbable wherever these differ.
    private var isComparable: Bool {
        if case .langevin = spec.solver { false } else { true }
    }

    private func levels(
        of problem: Problem, _ findings: [Solution.Finding]
    ) throws -> [NoiseLevels] {
        let found = findings.compactMap { finding in
            if case .deviation(let std) = finding { std } else { nil }
        }
        let isFound = found.count == problem.pictures.count
        guard isUsual, isFound || !(problem.noise is any UnknownNoise) else {
            return problem.pictures.map { _ in NoiseLevels(lowest: 0, highest: .infinity) }
        }
        return try problem.noiseLevels(imageShape: imageShape, found: isFound ? found : nil)
    }

    private func misfits(of problem: Problem, _ clean: Tensor) throws -> [Misfit]? {
        // What a model has learnt of noise says little of how probable noise is that it did not draw.
        guard isUsual, problem.hasKnownNoise, !problem.noise.character.isLearned else { return nil }
        let streams = RandomStreams(seed: spec.seed)
        return try problem.pictures.indices.map { index in
            let picture = try problem.selecting([index])
            var stream = streams["misfit-\(picture.pictures[0])"]
            return try Misfit(
                of: picture, given: clean.slice(index..<index + 1, along: 0), from: &stream)
        }
    }
}

extension Problem {
    /// Whether the noise has a closed density and all of it is known.
    fileprivate var hasKnownNoise: Bool {
        noise.character != .exact && !(noise is NoiseSum) && !(noise is any UnknownNoise)
    }
}

extension PictureTraits {
    fileprivate var isFinite: Bool { logLikelihood.isFinite && energy.isFinite }
}
