import Glibc
import Tensors

/// One run of an optimiser from a start to an end.
protocol Descent {
    /// Goes down from `start`, telling `checkpoint` about every iteration.
    ///
    /// - Throws: what `checkpoint` throws, or `TorchError`.
    func run(
        from start: Tensor, checkpoint: (DescentState) throws -> Void
    ) throws -> DescentResult
}

/// Where a run is.
struct DescentState {
    /// Counts from 1 to the plan's steps.
    let iteration: Int
    let point: Tensor
    let terms: [Solution.Terms]
    /// The pictures that the iteration looked at.
    let draft: Tensor
}

/// Where a run ended.
struct DescentResult {
    let point: Tensor
    let iterations: [Int]
    /// How often each sample met values that were not finite.
    let setbacks: [Int]
    /// β of each sample, where that was adapted.
    var weights: [Double]?
    /// What the objective is at `point`, where the run has computed that anyway.
    var value: Objective.Value?
}
