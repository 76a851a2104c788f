import Models
import Solvers
import Tensors

/// Judges an unfolded network by the PSNR in dB of what it restores from simulated measurements,
/// cut off at [0, 1].
struct RestorationJudge: Judge {
    static let figure = Figure(unit: "dB", column: "validation_psnr", isGain: true)

    private let network: UnfoldedNetwork
    private let simulation: Simulation

    /// A judge of the frozen `network`.
    init(_ network: UnfoldedNetwork, _ simulation: Simulation) {
        self.network = network
        self.simulation = simulation
    }

    func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try bytes / 255
    }

    /// The noise is the same in every validation, and that of the same place in every batch.
    func judgements(of x: Tensor) throws -> [Double] {
        var random = RandomStreams(seed: 0)["judge"]
        return try withoutGradient {
            let y = try simulation.measured(x, from: &random)
            let restored = try network.pictures(of: y, .using).clamped(0, 1)
            return try (restored - x).square().mean(over: [1, 2, 3]).doubles()
        }.map(Decibels.psnr)
    }
}
