import Physics
import Tensors

extension Candidates {
    /// The result, with what went wrong said in words.
    func solution(of problem: Problem) -> Solution {
        var warnings: [Solution.Warning] = []
        for sample in problem.pictures.indices {
            if plainSamples.contains(sample) {
                warnings.append(.plainPaths(sample))
            }
            if setbacks[sample] > 0 {
                warnings.append(
                    Solution.Warning(
                        sample: sample,
                        "the objective was not finite \(setbacks[sample]) times; the solver went "
                            + "back and took smaller steps"))
            }
            if !terms[sample].objective.isFinite {
                warnings.append(
                    Solution.Warning(
                        sample: sample,
                        "no picture with a finite objective was found; check measurement and prior")
                )
            }
        }
        return Solution(
            image: picture, terms: terms, logLikelihood: logLikelihood, iterations: iterations,
            warnings: warnings, weights: weights, noise: noise, energies: energies)
    }
}

extension Problem {
    /// Pictures with what was measured exactly written into them, where A⁺ is known: the known pixels
    /// of a mask, for instance.
    ///
    ///     x + A⁺(y − A x)
    ///
    /// - Throws: `TorchError` when memory is short.
    func fulfilled(by pictures: Tensor) throws -> Tensor {
        guard noise.character == .exact, let linear = forward as? any LinearOperator else {
            return pictures
        }
        return try withoutGradient {
            let rest = try measurement - linear.apply(pictures)
            return try linear.pseudoInverse(rest).map { try pictures + $0 } ?? pictures
        }
    }
}
