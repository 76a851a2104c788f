import Models
package import Tensors

/// Maximum likelihood of a flow.
///
///     minimise −mean log p(x) + penalty · Σ g²
///
/// The sum goes over the magnitudes of weight normalisation.
package struct LikelihoodObjective: Objective {
    private let flow: Flow
    private let dequantization: Dequantization
    private let magnitudes: [Tensor]
    private let penalty: Double

    /// The likelihood of `flow`, whose parameters are in `store`.
    init(_ recipe: TrainingRecipe, _ flow: Flow, _ store: ParameterStore) {
        self.flow = flow
        dequantization = Dequantization(bits: recipe.bits)
        magnitudes = store.names.filter { $0.hasSuffix(".magnitude") }
            .compactMap { store.tensors[$0] }
        penalty = recipe.weightNormPenalty
    }

    package var trained: Figure { Figure(unit: "bits/dim", column: "bits_per_dim") }

    package var validated: Figure { LikelihoodJudge.figure }

    package func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try dequantization.dequantized(bytes, noise: &noise)
    }

    package func start(on x: Tensor) throws { _ = try flow.start(on: x) }

    package func loss(of x: Tensor, turn: Int, random: inout Generator) throws -> Loss {
        let likelihood = try flow.logLikelihood(x).mean()
        var total = try -likelihood
        if penalty > 0 {
            for magnitude in magnitudes { total = try total + magnitude.square().sum() * penalty }
        }
        return Loss(total: total, figure: bits(try likelihood.item()))
    }

    package func judge(
        _ effort: Effort, random: inout Generator, on device: Device
    ) throws -> any Judge {
        LikelihoodJudge(try withoutGradient { try flow.frozenFlow() }, dequantization)
    }

    private func bits(_ logLikelihood: Double) -> Double {
        flow.bitsPerDimension(logLikelihood, bits: dequantization.bits)
    }
}
