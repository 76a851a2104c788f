import Models
import Solvers
import Tensors

extension TrainingRecipe {
    /// The one place where an architecture becomes something to minimise.
    ///
    /// - Parameters:
    ///   - imageShape: channels, height and width of the pictures.
    ///   - store: where the parameters are.
    ///   - simulation: the measurements that an unfolded network learns from.
    /// - Returns: what training makes small.
    /// - Throws: `TorchError` when there is no such network or memory is short.
    func objective(
        imageShape: [Int], store: ParameterStore, simulation: Simulation?
    ) throws(TorchError) -> any Objective {
        switch architecture {
        case .glow, .realNVP, .glowIP, .glowPyTorch, .normflows, .batchNormRealNVP:
            let flow = try architecture.flow(imageShape: imageShape, in: store.root)
            return LikelihoodObjective(self, flow, store)
        case .dcgan(let settings):
            return try AdversarialObjective(
                adversary, DCGAN(settings, imageShape: imageShape, in: store.root), in: store.root)
        case .vae(let settings):
            return try EvidenceObjective(
                settings, VAE(settings, imageShape: imageShape, in: store.root))
        case .unfolded(let settings):
            guard let simulation else {
                throw TorchError(
                    operation: "training",
                    message: "an unfolded network learns from measurements; say which")
            }
            try architecture.check(imageShape)
            return UnfoldedObjective(
                self, try settings.model(imageShape: imageShape, in: store.root), simulation)
        }
    }
}
