import Foundation
import Models
import Programs
import Tensors

/// A prior to be measured.
struct BenchPrior {
    /// How far random weights are from those that training begins with, which are partly 0.
    private static let spread = 0.002

    let architecture: Architecture
    /// Channels, height and width of a picture.
    let imageShape: [Int]
    /// Where the weights are; they are random when there is no folder.
    private let folder: ModelFolder?

    /// A prior with random weights.
    init(architecture: Architecture, imageShape: [Int]) {
        self.architecture = architecture
        self.imageShape = imageShape
        folder = nil
    }

    /// The model in the folder `name`, or the one that is called so in `Models/` here or where
    /// the program is installed.
    ///
    /// - Throws: `ModelError`, or `BenchError` when there is none.
    init(named name: String) throws {
        let shelves = ["Models"] + Installation.folders(named: "Models")
        let places = name.contains("/") ? [name] : shelves.map { "\($0)/\(name)" }
        let found = places.first {
            FileManager.default.fileExists(atPath: "\($0)/\(ModelFolder.descriptionFile)")
        }
        guard let found else { throw BenchError(reason: .noModel(lookedIn: places), context: name) }
        let folder = try ModelFolder(reading: found)
        architecture = folder.description.architecture
        imageShape = folder.description.imageShape
        self.folder = folder
    }

    /// The flow without gradients for its weights, and the number of those.
    ///
    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    func frozenFlow() throws -> (flow: Flow, parameters: Int) {
        if let folder { return (try folder.flow(), folder.description.weights.parameters) }
        var generator = RandomStreams(seed: 0)["weights"]
        let store = ParameterStore(random: generator)
        let flow = try architecture.flow(imageShape: imageShape, in: store.root)
        try store.finish()
        try withoutGradient {
            for tensor in store.ordered {
                let change = try generator.normal(tensor.shape) * Self.spread
                try tensor.overwrite(with: tensor + change)
            }
        }
        return (try flow.frozenFlow(), store.ordered.reduce(0) { $0 + $1.count })
    }
}
