import Foundation

/// What one run has measured of an unfolded network.
struct UnfoldResult: Codable, Equatable {
    let folds: Int
    let batch: Int
    let threads: Int
    /// Whether activations were computed again instead of kept.
    let isRecomputing: Bool
    let parameters: Int
    /// The median.
    let secondsPerStep: Double
    /// What weights and their gradients take.
    let weightBytes: Int
    /// The most at a time, without what was there before the network.
    let memoryBytes: Int
    /// The largest distance of a picture from where an inverse found it.
    let drift: Double

    /// That without the weights and their gradients.
    var activationBytes: Int { memoryBytes - weightBytes }

    /// The same for people.
    var text: String {
        let way = isRecomputing ? "computed again" : "kept"
        return String(
            format: "%d folds, activations %@: %.3f s a step, %.0f MB, %.0f MB beyond weights and "
                + "gradients, drift %.2g, batch %d, %d threads",
            folds, way, secondsPerStep, Double(memoryBytes) / 1e6, Double(activationBytes) / 1e6,
            drift, batch, threads)
    }

    enum CodingKeys: String, CodingKey {
        case folds, batch, threads, parameters, drift
        case isRecomputing = "recomputing"
        case secondsPerStep = "seconds_per_step"
        case weightBytes = "weight_bytes"
        case memoryBytes = "memory_bytes"
    }
}
