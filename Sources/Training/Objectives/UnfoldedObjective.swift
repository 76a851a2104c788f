import Models
import Solvers
package import Tensors

/// The mean squared error of what an unfolded network restores from simulated measurements.
///
///     minimise mean (x − network(y))²,  y = A x + noise
///
/// Wei et al. 2022, section V-C. <https://arxiv.org/abs/2107.02848>
package struct UnfoldedObjective: Objective {
    private let network: UnfoldedNetwork
    private let simulation: Simulation
    private let method: GradientMethod
    private let foldFactor: Double
    package let settlingCount: Int

    init(_ recipe: TrainingRecipe, _ model: UnfoldedModel, _ simulation: Simulation) {
        network = UnfoldedNetwork(model, measuredBy: simulation.forward)
        self.simulation = simulation
        method = recipe.unfolding?.recomputes == false ? .backPropagation : .recomputation
        foldFactor = recipe.unfolding.map { $0.foldRate / recipe.schedule.peak } ?? 1
        settlingCount = recipe.architecture.hasMoments ? 64 : 0
    }

    package var trained: Figure { Figure(unit: "dB", column: "psnr", isGain: true) }

    package var validated: Figure { RestorationJudge.figure }

    package func rateFactor(of name: String) -> Double {
        UnfoldedModel.isOfFold(name) ? foldFactor : 1
    }

    package func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try bytes / 255
    }

    package func start(on x: Tensor) throws {
        var random = RandomStreams(seed: 0)["start"]
        try network.start(on: x, measuredAs: simulation.measured(x, from: &random))
    }

    package func settle(on x: Tensor) throws {
        var random = RandomStreams(seed: 0)["settle"]
        try withoutGradient {
            _ = try network.pictures(of: simulation.measured(x, from: &random), .settling)
        }
    }

    package func loss(of x: Tensor, turn: Int, random: inout Generator) throws -> Loss {
        let y = try withoutGradient { try simulation.measured(x, from: &random) }
        let total = try (network.pictures(of: y, .following) - x).square().mean()
        return Loss(total: total, figure: Decibels.psnr(try total.item()))
    }

    package func pushGradients(
        for x: Tensor, turn: Int, random: inout Generator
    ) throws -> Double? {
        let y = try withoutGradient { try simulation.measured(x, from: &random) }
        let pass = try network.pushGradients(of: y, truth: x, by: method)
        return Decibels.psnr(pass.loss)
    }

    package func judge(
        _ effort: Effort, random: inout Generator, on device: Device
    ) throws -> any Judge {
        let frozen = try withoutGradient { try network.model.frozen() }
        return RestorationJudge(
            UnfoldedNetwork(frozen, measuredBy: simulation.forward), simulation)
    }
}

extension Architecture {
    /// Whether the maps of an unfolded network go by moments that are stored.
    fileprivate var hasMoments: Bool {
        guard case .unfolded(let settings) = self else { return false }
        if case .flow = settings.proximal { return false }
        return true
    }
}
