import Arrays
import Foundation
import Models
package import Tensors

extension Trainer {
    /// Writes everything that the training needs to go on, as one file that appears whole.
    ///
    /// - Throws: `ArrayError` or `TorchError`.
    package func saveCheckpoint(to path: String) throws {
        var tensors: [String: HostArray] = [:]
        for (index, name) in store.names.enumerated() {
            tensors["parameter/\(name)"] = try adam.parameters[index].hostArray()
            tensors["average/\(name)"] = try averages[index].hostArray()
            tensors["mean/\(name)"] = try adam.means[index].hostArray()
            tensors["square/\(name)"] = try adam.squares[index].hostArray()
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let metadata = [
            "state": String(decoding: try encoder.encode(state), as: UTF8.self),
            "recipe": String(decoding: try encoder.encode(recipe), as: UTF8.self),
            "adam_steps": String(adam.steps),
        ]
        try SafetensorsFile(tensors: tensors, metadata: metadata).write(to: path)
    }

    /// A training that goes on where the checkpoint in `path` was written.
    ///
    /// - Throws: `TrainingError` when it is damaged or belongs to another recipe, `ArrayError`,
    ///   `ParameterError` or `TorchError`.
    package init(
        resuming path: String, _ recipe: TrainingRecipe, data: PictureSet,
        on device: Device = .cpu
    ) throws {
        let file = try SafetensorsFile(reading: path)
        let decoder = JSONDecoder()
        // What cannot be decoded is no state of a training, whatever it is.
        guard let text = file.metadata["state"], let stored = file.metadata["recipe"],
            let steps = file.metadata["adam_steps"].flatMap({ Int($0) }), steps >= 0,
            let state = try? decoder.decode(TrainingState.self, from: Data(text.utf8)),
            state.isPossible,
            let written = try? decoder.decode(TrainingRecipe.self, from: Data(stored.utf8))
        else {
            throw TrainingError(.damagedCheckpoint("\(path) has no training state"))
        }
        guard written.isContinued(by: recipe) else { throw TrainingError(.otherRecipe(path)) }
        let store = ParameterStore(
            stored: file.group("parameter/"), source: path, isTrainable: true, on: device)
        let flow = try recipe.architecture.flow(imageShape: data.imageShape, in: store.root)
        try store.finish()
        let adam = Adam(
            store.ordered, means: try file.ordered("mean/", store, device),
            squares: try file.ordered("square/", store, device), steps: steps)
        self.init(
            recipe, data, flow, store, adam: adam,
            averages: try file.ordered("average/", store, device), state: state, on: device)
    }
}

extension SafetensorsFile {
    /// The tensors whose names begin with `prefix`, without it.
    fileprivate func group(_ prefix: String) -> [String: HostArray] {
        var group: [String: HostArray] = [:]
        for (name, array) in tensors where name.hasPrefix(prefix) {
            group[String(name.dropFirst(prefix.count))] = array
        }
        return group
    }

    /// The tensors called `prefix` + name, one like every parameter of `store`.
    fileprivate func ordered(
        _ prefix: String, _ store: ParameterStore, _ device: Device
    ) throws -> [Tensor] {
        try zip(store.names, store.ordered).map { name, parameter in
            guard let array = tensors[prefix + name], array.shape == parameter.shape,
                array.elementType == .float32
            else {
                throw TrainingError(.damagedCheckpoint("\(prefix)\(name) is missing or misshapen"))
            }
            return try Tensor(array).moved(to: device)
        }
    }
}
