import Physics
import Solvers

/// The noise of a job, and where it is known to lie.
struct JobNoise {
    let model: any NoiseModel
    /// What simulated measurements are drawn from; it knows what a solver has to find out.
    let simulation: any NoiseModel
    /// For every picture the patches that cover it; nil when noise is everywhere.
    let patches: [[NoisePatch]]?
    /// Height and width of a patch.
    let patchSize: [Int]
    /// Of the pictures that its model was trained on; nil for noise without a model, and for sums.
    let bits: Int?

    init(
        _ model: any NoiseModel, simulation: (any NoiseModel)? = nil,
        patches: [[NoisePatch]]? = nil, patchSize: [Int] = [0, 0], bits: Int? = nil
    ) {
        self.model = model
        self.simulation = simulation ?? model
        self.patches = patches
        self.patchSize = patchSize
        self.bits = bits
    }

    /// The sum of several noises; the patches are those of the first that has any.
    init(sumOf parts: [JobNoise]) {
        let placed = parts.first { $0.patches != nil }
        self.init(
            NoiseSum.of(parts.map(\.model)), simulation: NoiseSum.of(parts.map(\.simulation)),
            patches: placed?.patches, patchSize: placed?.patchSize ?? [0, 0])
    }
}
