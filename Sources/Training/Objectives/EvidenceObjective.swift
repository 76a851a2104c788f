import Glibc
import Models
package import Tensors

/// The evidence lower bound of a variational autoencoder.
///
///     minimise −log p(x | z) + KL(q(z | x) ‖ N(0, I)),  z ~ q(z | x)
///
/// A Bernoulli observation counts −Σ x log p + (1 − x) log(1 − p); a normal one with the variance
/// that fits the batch best counts D/2 · log(2πe · mean squared error).
///
/// Kingma, Welling 2014, eq. 10; Rybkin, Daniilidis, Levine 2021, eq. 5, for the variance.
/// <https://arxiv.org/abs/1312.6114>, <https://arxiv.org/abs/2006.13202>
package struct EvidenceObjective: Objective {
    private let model: VAE
    private let observation: VAESettings.Observation

    init(_ settings: VAESettings, _ model: VAE) {
        self.model = model
        observation = settings.observation
    }

    package var trained: Figure { Figure(unit: "nats", column: "loss_nats") }

    package var validated: Figure { PictureJudge.figure }

    package func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try bytes / 255
    }

    package func loss(of x: Tensor, turn: Int, random: inout Generator) throws -> Loss {
        let (mean, logVariance) = try model.moments(of: x)
        let deviation = try (logVariance * 0.5).exp()
        let z = try mean + deviation * random.normal(mean.shape, on: x.device())
        let divergence = try Self.divergence(mean, logVariance)
        let total = try surprise(of: x, model.logits(z)) + divergence.mean()
        return Loss(total: total, figure: try total.item())
    }

    /// Searches from the mean latents: the encoder need not be exact.
    package func judge(
        _ effort: Effort, random: inout Generator, on device: Device
    ) throws -> any Judge {
        PictureJudge(try model.frozenGenerator(), effort.projection) {
            try model.moments(of: $0).mean
        }
    }

    /// KL(N(mean, exp(logVariance)) ‖ N(0, I)) in nats, `[batch]`.
    static func divergence(
        _ mean: Tensor, _ logVariance: Tensor
    ) throws(TorchError) -> Tensor {
        try (mean.square() + logVariance.exp() - logVariance - 1).sumPerSample() * 0.5
    }

    /// −log p(x | z), the mean over the batch, in nats.
    private func surprise(of x: Tensor, _ logits: Tensor) throws(TorchError) -> Tensor {
        switch observation {
        case .bernoulli:
            // log(1 − sigmoid(l)) = log sigmoid(l) − l
            return try ((1 - x) * logits - logits.logSigmoid()).sumPerSample().mean()
        case .gaussian:
            let values = Double(x.shape.dropFirst().reduce(1, *))
            let error = try (x - logits.sigmoid()).square().mean()
            return try (error + 1e-8).log() * (values / 2)
                + values / 2 * (1 + Glibc.log(2 * Double.pi))
        }
    }
}
