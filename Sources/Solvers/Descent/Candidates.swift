import Physics
import Tensors

/// What one run found for every picture, to be compared with other runs.
struct Candidates {
    let picture: Tensor
    let terms: [Solution.Terms]
    let logLikelihood: [Double]
    let iterations: [Int]
    let setbacks: [Int]
    /// The samples whose values were finite with libtorch's own operations only.
    let plainSamples: Set<Int>
    /// β of every sample, where samples differ in it.
    let weights: [Double]?
    /// What runs are compared by: the objective with the β that all of them began with.
    let heights: [Double]
    /// The noise of every sample, where that is looked for.
    let noise: Tensor?
    /// ‖z‖² / D of every sample, where its latents are at hand.
    let energies: [Double]?

    /// The end of a run.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ result: DescentResult, of objective: Objective) throws {
        let found =
            try result.value ?? objective.value(at: result.point, weights: result.weights)
        picture = found.picture
        terms = found.terms
        logLikelihood = found.logPrior
        iterations = result.iterations
        setbacks = result.setbacks
        plainSamples = objective.plainSamples
        weights = result.weights ?? objective.betas
        let betas = objective.sampleBetas
        heights =
            result.weights == nil
            ? found.terms.map(\.objective)
            : found.terms.indices.map { found.terms[$0].data - betas[$0] * found.logPrior[$0] }
        noise = try objective.noise(at: result.point)
        energies = found.energies
    }

    private init(
        picture: Tensor, terms: [Solution.Terms], logLikelihood: [Double], iterations: [Int],
        setbacks: [Int], plainSamples: Set<Int>, weights: [Double]?, heights: [Double],
        noise: Tensor?, energies: [Double]?
    ) {
        self.picture = picture
        self.terms = terms
        self.logLikelihood = logLikelihood
        self.iterations = iterations
        self.setbacks = setbacks
        self.plainSamples = plainSamples
        self.weights = weights
        self.heights = heights
        self.noise = noise
        self.energies = energies
    }

    /// What was found for some of the samples.
    ///
    /// - Throws: `TorchError` when there are no such samples.
    func selecting(_ samples: Range<Int>) throws(TorchError) -> Candidates {
        Candidates(
            picture: try picture.slice(samples, along: 0), terms: Array(terms[samples]),
            logLikelihood: Array(logLikelihood[samples]), iterations: Array(iterations[samples]),
            setbacks: Array(setbacks[samples]),
            plainSamples: Set(
                plainSamples.filter(samples.contains).map { $0 - samples.lowerBound }),
            weights: weights.map { Array($0[samples]) }, heights: Array(heights[samples]),
            noise: try noise?.slice(samples, along: 0),
            energies: energies.map { Array($0[samples]) })
    }

    /// For every picture the candidate with the lower objective.
    ///
    /// - Throws: `TorchError` when memory is short.
    func better(_ other: Candidates) throws(TorchError) -> Candidates {
        let isOther = zip(heights, other.heights).map { mine, theirs in
            theirs < mine || (theirs.isFinite && !mine.isFinite)
        }
        func chosen<Value>(_ mine: [Value], _ theirs: [Value]) -> [Value] {
            isOther.indices.map { isOther[$0] ? theirs[$0] : mine[$0] }
        }
        func chosen(_ mine: Tensor, _ theirs: Tensor) throws(TorchError) -> Tensor {
            try theirs.chosen(where: .choosing(isOther, like: mine), else: mine)
        }
        return Candidates(
            picture: try chosen(picture, other.picture),
            terms: chosen(terms, other.terms),
            logLikelihood: chosen(logLikelihood, other.logLikelihood),
            iterations: chosen(iterations, other.iterations),
            setbacks: zip(setbacks, other.setbacks).map(+),
            plainSamples: plainSamples.union(other.plainSamples),
            weights: weights.map { chosen($0, other.weights ?? $0) },
            heights: chosen(heights, other.heights),
            noise: try noise.map { (mine) throws(TorchError) in
                try chosen(mine, other.noise ?? mine)
            },
            energies: energies.flatMap { mine in other.energies.map { chosen(mine, $0) } })
    }

    /// The pictures with what was measured exactly written into them.
    ///
    /// - Throws: `TorchError` when memory is short.
    func fulfilling(_ problem: Problem) throws -> Candidates {
        guard problem.noise.character == .exact else { return self }
        // Other pictures have other latents.
        return Candidates(
            picture: try problem.fulfilled(by: picture), terms: terms,
            logLikelihood: logLikelihood, iterations: iterations, setbacks: setbacks,
            plainSamples: plainSamples, weights: weights, heights: heights, noise: noise,
            energies: nil)
    }
}
