import Tensors

extension Trainer {
    /// Gives every process of the group what process 0 begins with.
    ///
    /// Files may not be seen everywhere at once, and processors may round differently.
    ///
    /// - Throws: `TrainingError` in all processes when one is at another step, or `TorchError`.
    func agree() throws {
        guard let group else { return }
        let first = try Tensor.full([], Double(state.step), .float64)
        try group.broadcast([first])
        let isElsewhere = try first.item() != Double(state.step)
        // All must know of it, or the others would wait.
        guard try group.sum([isElsewhere ? 1 : 0])[0] == 0 else {
            throw TrainingError(.unequalSteps(state.step))
        }
        try group.broadcast(
            store.ordered + averages + optimizers.flatMap { $0.means + $0.squares })
    }
}
