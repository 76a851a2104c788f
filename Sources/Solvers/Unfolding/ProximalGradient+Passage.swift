import Tensors

extension ProximalGradient {
    /// What pictures became on one way through all folds.
    struct Passage {
        let solution: Solution
        /// The pictures for which some fold answered with what is not finite.
        let isBroken: [Bool]
    }
}

extension ProximalGradient.Passage {
    /// The same with the pictures that `plain` alone did not break, which is said of them.
    ///
    /// - Throws: `TorchError` when memory is short.
    func mended(by plain: Self) throws(TorchError) -> Solution {
        let isMended = zip(isBroken, plain.isBroken).map { $0 && !$1 }
        guard isMended.contains(true) else { return solution }
        func chosen<Value>(_ mine: [Value], _ theirs: [Value]) -> [Value] {
            isMended.indices.map { isMended[$0] ? theirs[$0] : mine[$0] }
        }
        let (fast, plain) = (solution, plain.solution)
        // What was said of the pictures on the way that they were not taken from does not count.
        let said =
            isMended.indices.filter { isMended[$0] }.map(Solution.Warning.plainPaths)
            + fast.warnings.filter { !isMended[$0.sample] }
            + plain.warnings.filter { isMended[$0.sample] }
        return Solution(
            image: try plain.image.chosen(
                where: .choosing(isMended, like: fast.image), else: fast.image),
            terms: chosen(fast.terms, plain.terms),
            logLikelihood: fast.logLikelihood.map { chosen($0, plain.logLikelihood ?? $0) },
            iterations: fast.iterations, warnings: said)
    }
}
