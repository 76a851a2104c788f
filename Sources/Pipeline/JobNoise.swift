import Physics
import Solvers

/// The noise of a job, and where it is known to lie.
struct JobNoise {
    let model: any NoiseModel
    /// For every picture the patches that cover it; nil when noise is everywhere.
    let patches: [[NoisePatch]]?
    /// Height and width of a patch.
    let patchSize: [Int]

    init(_ model: any NoiseModel, patches: [[NoisePatch]]? = nil, patchSize: [Int] = [0, 0]) {
        self.model = model
        self.patches = patches
        self.patchSize = patchSize
    }
}
