import Models
package import Tensors

/// A generator and a discriminator against each other.
///
///     discriminator: minimise softplus(−D(x)) + softplus(D(G(z)))
///     generator:     minimise softplus(−D(G(z))) + ρ · (‖x − G(z′)‖² + 2σ² KL) / values
///
/// With ρ > 0 an encoder is trained along, z′ ~ q(z | x) and KL(q ‖ N(0, I)): the generator must
/// then be able to make every training picture, not only some that pass. σ = 0.1. The encoder and
/// the discriminator are no part of the model.
///
/// Goodfellow et al. 2014, section 3; Larsen et al. 2016, section 2.3, for the encoder.
/// <https://arxiv.org/abs/1406.2661>, <https://arxiv.org/abs/1512.09300>
package struct AdversarialObjective: Objective {
    private static let observationVariance = 0.01
    /// Latents by which the frozen generator's moments are settled.
    private static let settlingCount = 1024

    private let model: DCGAN
    private let discriminator: Discriminator
    private let encoder: ConvolutionalEncoder?
    private let reconstruction: Double

    /// Opponents of the generator `model` with their parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ settings: AdversarySettings, _ model: DCGAN, in scope: ParameterScope
    ) throws(TorchError) {
        self.model = model
        discriminator = try Discriminator(
            width: settings.width, imageShape: model.imageShape, in: scope / Self.opponent)
        encoder =
            settings.reconstruction == 0
            ? nil
            : try ConvolutionalEncoder(
                width: settings.width, latent: model.dimensions, imageShape: model.imageShape,
                in: scope / Self.companion)
        reconstruction = settings.reconstruction
    }

    private static let opponent = "discriminator"
    private static let companion = "encoder"

    package var trained: Figure { Figure(unit: "generator loss", column: "generator_loss") }

    package var validated: Figure { PictureJudge.figure }

    package var turns: Int { 2 }

    package func changes(_ name: String, in turn: Int) -> Bool {
        name.hasPrefix("\(Self.opponent).") == (turn == 0)
    }

    package func isOfModel(_ name: String) -> Bool {
        !name.hasPrefix("\(Self.opponent).") && !name.hasPrefix("\(Self.companion).")
    }

    package func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try bytes / 255
    }

    package func loss(of x: Tensor, turn: Int, random: inout Generator) throws -> Loss {
        let z = try random.normal([x.shape[0], model.dimensions], on: x.device())
        if turn == 0 {
            let made = try withoutGradient { try model.generate(z) }
            let total =
                try (-discriminator.logits(x)).softplus().mean()
                + discriminator.logits(made).softplus().mean()
            return Loss(total: total, figure: try total.item())
        }
        var total = try (-discriminator.logits(model.generate(z))).softplus().mean()
        if let encoder { total = try total + distance(x, encoder, &random) * reconstruction }
        return Loss(total: total, figure: try total.item())
    }

    package func judge(
        _ effort: Effort, random: inout Generator, on device: Device
    ) throws -> any Judge {
        let count = model.dimensions
        let generator = try withoutGradient {
            try model.settle(on: random.normal([Self.settlingCount, count], on: device))
            return try model.frozenGenerator()
        }
        return PictureJudge(generator, effort.projection) { x in
            try Tensor.zeros([x.shape[0], count], on: x.device())
        }
    }

    /// How far pictures are from what the generator makes of their encodings, per value.
    private func distance(
        _ x: Tensor, _ encoder: ConvolutionalEncoder, _ random: inout Generator
    ) throws -> Tensor {
        let (mean, logVariance) = try encoder.moments(of: x)
        let z = try mean + (logVariance * 0.5).exp() * random.normal(mean.shape, on: x.device())
        let divergence = try EvidenceObjective.divergence(mean, logVariance).mean()
        let values = Double(x.shape.dropFirst().reduce(1, *))
        return try (x - model.generate(z)).square().mean()
            + divergence * (2 * Self.observationVariance / values)
    }
}
