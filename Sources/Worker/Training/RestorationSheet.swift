import Models
import Solvers
import Tensors
import Training

/// What an unfolded network restores of validation pictures: a row of what was measured, one of what
/// was restored, and one of the pictures themselves.
struct RestorationSheet {
    private static let columns = 8

    private let network: UnfoldedNetwork
    private let simulation: Simulation
    /// `[batch, channel, height, width]`.
    private let truth: Tensor

    /// A sheet of the first pictures of `validation`.
    ///
    /// - Throws: `ArrayError` or `TorchError`.
    init(
        _ model: UnfoldedModel, _ simulation: Simulation, validation: PictureSet, on device: Device
    ) throws {
        network = UnfoldedNetwork(model, measuredBy: simulation.forward)
        self.simulation = simulation
        let count = min(Self.columns, validation.count)
        truth = try validation.pictures(Array(0..<count)).moved(to: device) / 255
    }

    /// The sheet as a PNG file; nil when nothing is finite.
    ///
    /// - Throws: `TorchError` or `ImageError`.
    func png() throws -> [UInt8]? {
        var random = RandomStreams(seed: 0)["sheet"]
        let rows = try withoutGradient {
            let y = try simulation.measured(truth, from: &random)
            let shown = try simulation.shown(by: y)
            return [shown, try network.pictures(of: y, .using), truth].compactMap { $0 }
        }
        let pictures = try Tensor.concatenated(rows, along: 0)
        var next = 0
        return try PictureSheet(pictures.shape[0], imageShape: network.model.imageShape) {
            next += 1
            return try pictures.element(next - 1)
        }.png
    }
}
