import Models
import Tensors

extension PictureGenerator {
    /// Whether its single operations are large enough for several threads: from about three million
    /// parameters on, by measurement of flows (`Docs/performance.md`).
    var isHeavy: Bool {
        switch self {
        case let flow as Flow: flow.parameterCount >= 3_000_000
        case let network as UnfoldedModel:
            network.parameterCount >= 3_000_000 * network.folds.count
        default: false
        }
    }

    /// What `body` makes of so many samples, with one thread where several would be slower.
    ///
    /// Threads that share operations on one small picture wait for each other.
    ///
    /// - Throws: what `body` throws, or `TorchError`.
    func withFewThreads<Result>(
        for samples: Int, _ body: () throws -> Result
    ) throws -> Result {
        guard samples == 1, !isHeavy else { return try body() }
        return try TorchProcess.withOneThread { try body() }
    }
}
