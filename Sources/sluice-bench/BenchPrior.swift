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

    /// The folder of the model; nil when its weights are random.
    var path: String? { folder?.path }

    /// The flow without gradients for its weights, and the number of those.
    ///
    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    func frozenFlow() throws -> (flow: Flow, parameters: Int) {
        if let folder { return (try folder.flow(), folder.description.weights.parameters) }
        let (flow, store) = try randomFlow()
        return (try flow.frozenFlow(), store.ordered.reduce(0) { $0 + $1.count })
    }

    /// Writes the architecture with random weights to the folder `path`.
    ///
    /// - Throws: `ParameterError`, `TorchError` or `ArrayError`.
    func write(to path: String, storage: WeightStorage) throws {
        let store = try randomFlow().store
        let description = ModelDescription(
            name: "random", architecture: architecture, imageShape: imageShape, bits: 8,
            bitsPerDimension: nil, training: nil,
            weights: .init(files: [], parameters: store.ordered.reduce(0) { $0 + $1.count }),
            software: Software.name)
        try ModelFolder.write(
            description, weights: store.tensors.mapValues { try $0.hostArray() }, card: "",
            to: path, storage: storage)
    }

    /// An unfolded network whose folds are priors with random weights, and its parameters.
    ///
    /// - Throws: `ParameterError` or `TorchError`.
    func unfolded(folds: Int) throws -> (model: UnfoldedModel, store: ParameterStore) {
        let store = ParameterStore(random: RandomStreams(seed: 0)["weights"])
        let settings = UnfoldedSettings(folds: folds, proximal: .flow(architecture))
        let model = try settings.model(imageShape: imageShape, in: store.root)
        try store.finish()
        return (model, store)
    }

    private func randomFlow() throws -> (flow: Flow, store: ParameterStore) {
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
        return (flow, store)
    }
}
