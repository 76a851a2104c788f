package import Arrays
package import Tensors

extension UnfoldedSettings {
    /// The weights of an unfolded network for one with another number of folds: those that are too
    /// many are left out, and those that are missing begin as its last one, with the step of the
    /// settings where these have one.
    package func weights(
        spreading known: [String: HostArray], of other: UnfoldedSettings
    ) -> [String: HostArray] {
        let prefix = "\(UnfoldedModel.foldsName)."
        var weights = known.filter { !$0.key.hasPrefix(prefix) }
        for fold in 0..<folds {
            let isNew = fold >= other.folds
            let source = "\(prefix)\(min(fold, other.folds - 1))."
            for (name, array) in known where name.hasPrefix(source) {
                weights["\(prefix)\(fold).\(name.dropFirst(source.count))"] = array
            }
            if isNew, let step {
                weights["\(prefix)\(fold).\(UnfoldedModel.stepName)"] = HostArray(
                    [Float(step)], shape: [1])
            }
        }
        return weights
    }

    /// The weights of a new network whose folds begin as copies of a flow, and whose first picture
    /// is the flow's most likely one.
    ///
    /// Folds of another architecture take only the picture.
    ///
    /// - Parameters:
    ///   - flow: the model that knows clean pictures.
    ///   - imageShape: channels, height and width of the pictures.
    ///   - generator: for what the flow says nothing about.
    /// - Returns: everything by name.
    /// - Throws: `ModelError` when it is no flow, and the errors of files and tensors.
    package func weights(
        beginningWith flow: ModelFolder, imageShape: [Int], from generator: Generator
    ) throws -> [String: HostArray] {
        let known = try flow.weights()
        let picture = try flow.flow(of: known, imageShape: imageShape).mostLikely()
        let store = ParameterStore(random: generator)
        _ = try model(imageShape: imageShape, in: store.root)
        var weights: [String: HostArray] = [:]
        for (name, tensor) in store.tensors.merging(store.buffers, uniquingKeysWith: { $1 }) {
            weights[name] = try tensor.hostArray()
        }
        weights[UnfoldedModel.firstName] = try picture.hostArray()
        guard proximal == .flow(flow.description.architecture) else { return weights }
        for fold in 0..<folds {
            for (name, array) in known {
                weights[
                    "\(UnfoldedModel.foldsName).\(fold).\(UnfoldedModel.proximalName).\(name)"] =
                    array
            }
        }
        return weights
    }
}
