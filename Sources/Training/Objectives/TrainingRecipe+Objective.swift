import Models
import Tensors

extension TrainingRecipe {
    /// The one place where an architecture becomes something to minimise.
    ///
    /// - Throws: `TorchError` when there is no such network or memory is short.
    func objective(
        imageShape: [Int], store: ParameterStore
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
        }
    }
}
