import Models
import Programs
import Tensors

/// How much memory a model needs, in bytes.
struct ModelMemory: Equatable {
    /// The weights as they are computed with, in single precision.
    let weights: Int
    /// What the first iteration of MAP on one picture adds; nil when the system does not say.
    ///
    /// That is the values that the gradient needs, and the work space of libtorch.
    let iteration: Int?

    /// Measures `model`, whose weights are `numbers` numbers, with one iteration.
    ///
    /// It is right in a process that has done nothing else yet.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(of model: any LoadedModel, numbers: Int) throws {
        weights = 4 * numbers
        let before = ResidentMemory.forgetPeak() ? ResidentMemory.now : nil
        try Self.iterate(model)
        let peak = ResidentMemory.peak
        iteration = if let before, let peak { max(0, peak - before) } else { nil }
    }

    /// Objective and gradient with respect to the latents, for a gray picture with noise.
    private static func iterate(_ model: any LoadedModel) throws {
        let z = try Tensor.zeros([1, model.latentCount]).leaf()
        let difference = try model.decode(z, to: .unit) - 0.5
        let objective = try difference.square().sum() * 200 + z.square().sum() * 0.5
        _ = try objective.gradients(of: [z])
    }
}
