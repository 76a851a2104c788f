import Arrays
import Foundation
import Models
package import Solvers
package import Tensors

extension Trainer {
    /// Writes everything that the training needs to go on, as one file that appears whole.
    ///
    /// - Throws: `ArrayError` or `TorchError`.
    package func saveCheckpoint(to path: String) throws {
        var tensors: [String: HostArray] = [:]
        for (name, buffer) in store.buffers {
            tensors["parameter/\(name)"] = try buffer.hostArray()
        }
        for (index, name) in store.names.enumerated() {
            tensors["parameter/\(name)"] = try store.ordered[index].hostArray()
            tensors["average/\(name)"] = try averages[index].hostArray()
            if !best.isEmpty { tensors["best/\(name)"] = try best[index].hostArray() }
        }
        for (turn, adam) in optimizers.enumerated() {
            for (index, name) in objective.names(of: store, in: turn).enumerated() {
                tensors["mean/\(name)"] = try adam.means[index].hostArray()
                tensors["square/\(name)"] = try adam.squares[index].hostArray()
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let metadata = [
            "state": String(decoding: try encoder.encode(state), as: UTF8.self),
            "recipe": String(decoding: try encoder.encode(recipe), as: UTF8.self),
            "adam_steps": optimizers.map { String($0.steps) }.joined(separator: ","),
        ]
        try SafetensorsFile(tensors: tensors, metadata: metadata).write(to: path)
    }

    /// A training that goes on where the checkpoint in `path` was written.
    ///
    /// - Throws: `TrainingError` when it is damaged or belongs to another recipe, `ArrayError`,
    ///   `ParameterError` or `TorchError`.
    package init(
        resuming path: String, _ recipe: TrainingRecipe, data: PictureSet,
        measuredBy simulation: Simulation? = nil, on device: Device = .cpu,
        with group: ProcessGroup? = nil
    ) throws {
        try recipe.check(processes: group?.size ?? 1)
        let file = try SafetensorsFile(reading: path)
        let decoder = JSONDecoder()
        // What cannot be decoded is no state of a training, whatever it is.
        guard let text = file.metadata["state"], let stored = file.metadata["recipe"],
            let steps = file.metadata["adam_steps"].map(Self.numbers(in:)),
            let state = try? decoder.decode(TrainingState.self, from: Data(text.utf8)),
            state.isPossible,
            let written = try? decoder.decode(TrainingRecipe.self, from: Data(stored.utf8))
        else {
            throw TrainingError(.damagedCheckpoint("\(path) has no training state"))
        }
        guard written.isContinued(by: recipe) else { throw TrainingError(.otherRecipe(path)) }
        let store = ParameterStore(
            stored: file.group("parameter/"), source: path, isTrainable: true, on: device)
        let objective = try recipe.objective(
            imageShape: data.imageShape, store: store, simulation: simulation)
        try store.finish()
        guard steps.count == objective.turns, steps.allSatisfy({ $0 >= 0 }) else {
            throw TrainingError(.damagedCheckpoint("\(path) has other steps of Adam"))
        }
        let optimizers = try steps.enumerated().map { turn, steps in
            let names = objective.names(of: store, in: turn)
            return Adam(
                objective.parameters(of: store, in: turn),
                means: try file.tensors("mean/", names, store, device),
                squares: try file.tensors("square/", names, store, device), steps: steps,
                recipe.adam)
        }
        self.init(
            recipe, data, objective, store, optimizers: optimizers,
            averages: try file.tensors("average/", store.names, store, device), state: state,
            measuredBy: simulation, on: device, with: group)
        // Judgements of other pictures say nothing about these.
        guard written.isJudged(like: recipe) else {
            (self.state.best, self.state.sinceBest) = (nil, nil)
            return
        }
        if store.names.first.map({ file.tensors["best/\($0)"] != nil }) ?? false {
            best = try file.tensors("best/", store.names, store, device)
        }
    }

    private static func numbers(in text: String) -> [Int] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
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

    /// The tensors called `prefix` + name, shaped like those parameters of `store`.
    fileprivate func tensors(
        _ prefix: String, _ names: [String], _ store: ParameterStore, _ device: Device
    ) throws -> [Tensor] {
        try names.map { name in
            guard let array = tensors[prefix + name], array.shape == store.tensors[name]?.shape,
                array.elementType == .float32
            else {
                throw TrainingError(.damagedCheckpoint("\(prefix)\(name) is missing or misshapen"))
            }
            return try Tensor(array).moved(to: device)
        }
    }
}
