package import Models
import Tensors

extension Trainer {
    /// The model with the averaged weights of now.
    ///
    /// - Throws: `ParameterError` or `TorchError`.
    package func averagedModel(_ effort: Effort = .quick) throws -> TrainedModel {
        try TrainedModel(self, averages: averages, effort)
    }

    /// The model with the averaged weights that did best on validation pictures, rounded as they will
    /// be stored.
    ///
    /// - Throws: `ParameterError` or `TorchError`.
    package func bestModel(
        _ effort: Effort = .thorough, storedAs precision: WeightStorage.Precision = .float32
    ) throws -> TrainedModel {
        var weights = best.isEmpty ? averages : best
        if precision == .bfloat16 {
            weights = try weights.map { try $0.converted(to: .bfloat16).converted(to: .float32) }
        }
        return try TrainedModel(self, averages: weights, effort)
    }

    /// The mean judgement of the averaged weights on `set`; the best weights are kept.
    ///
    /// - Throws: `TrainingError` when memory is short, `TorchError` or `ArrayError`.
    package mutating func validate(on set: PictureSet) throws -> Double {
        let mean = try recipe.inMemory(.validation, processes: group?.size ?? 1) {
            try sharedMean(on: set)
        }
        // JSON, in which the state is kept, has no number for what is not finite.
        state.validation = mean.isFinite ? mean : nil
        guard mean.isFinite else {
            state.sinceBest = (state.sinceBest ?? 0) + 1
            return mean
        }
        if let former = state.best, !best.isEmpty,
            !objective.validated.isBetter(mean, than: former)
        {
            state.sinceBest = (state.sinceBest ?? 0) + 1
        } else {
            (state.best, state.sinceBest) = (mean, 0)
            best = try averages.map { try $0.copy() }
        }
        return mean
    }

    /// The mean judgement, which one process finds for all.
    private func sharedMean(on set: PictureSet) throws -> Double {
        guard let group else { return try mean(on: set) }
        return try group.sum([group.rank == 0 ? mean(on: set) : 0])[0]
    }

    private func mean(on set: PictureSet) throws -> Double {
        let values = try averagedModel().judgements(of: set)
        return values.reduce(0, +) / Double(values.count)
    }

    /// Whether validation has not become better for as long as the recipe waits.
    package var isOverfitted: Bool {
        guard let patience = recipe.patience else { return false }
        return (state.sinceBest ?? 0) >= patience
    }
}
