package import Arrays
package import Models
import Tensors

/// What a training has made so far: the weights of a model, and what they are worth.
package struct TrainedModel {
    /// Everything that belongs into the model folder, by name.
    package let weights: [String: HostArray]
    /// How many of these numbers were trained.
    package let parameters: Int
    private let recipe: TrainingRecipe
    private let imageShape: [Int]
    private let judge: any Judge
    private let effort: Effort
    private let device: Device

    /// The model with the parameters `averages`, which stand in the order of `trainer`'s.
    ///
    /// - Throws: `ParameterError` or `TorchError`.
    init(_ trainer: Trainer, averages: [Tensor], _ effort: Effort) throws {
        let (recipe, names) = (trainer.recipe, trainer.store.names)
        var arrays = try trainer.store.buffers.mapValues { try $0.hostArray() }
        for (name, tensor) in zip(names, averages) { arrays[name] = try tensor.hostArray() }
        let store = ParameterStore(stored: arrays, source: recipe.name, on: trainer.device)
        let objective = try recipe.objective(
            imageShape: trainer.data.imageShape, store: store, simulation: trainer.simulation)
        try store.finish()
        try Self.settle(objective, on: trainer.data, trainer.device)
        var random = RandomStreams(seed: recipe.seed)["judge"]
        judge = try objective.judge(effort, random: &random, on: trainer.device)
        // Judging has settled them.
        for (name, buffer) in store.buffers { arrays[name] = try buffer.hostArray() }
        weights = arrays.filter { objective.isOfModel($0.key) }
        parameters = names.filter(objective.isOfModel)
            .reduce(0) { $0 + (arrays[$1]?.count ?? 0) }
        self.recipe = recipe
        self.effort = effort
        imageShape = trainer.data.imageShape
        device = trainer.device
    }

    /// Makes stored moments those of these weights; the ones that were followed in training are of
    /// other weights.
    private static func settle(
        _ objective: any Objective, on data: PictureSet, _ device: Device
    ) throws {
        let count = min(objective.settlingCount, data.count)
        guard count > 0 else { return }
        // Not the first: sets may be in order.
        let indices = (0..<count).map { $0 * data.count / count }
        var noise = RandomStreams(seed: 0)["settle"]
        try objective.settle(
            on: objective.pictures(data.pictures(indices).moved(to: device), noise: &noise))
    }

    /// One judgement for every picture of `set`, always with the same dequantisation noise.
    ///
    /// - Throws: `TorchError` or `ArrayError`.
    package func judgements(of set: PictureSet) throws -> [Double] {
        var noise = RandomStreams(seed: recipe.seed)["validation"]
        var values: [Double] = []
        for start in stride(from: 0, to: set.count, by: 64) {
            let indices = Array(start..<min(start + 64, set.count))
            let bytes = try set.pictures(indices).moved(to: device)
            var sums = [Double](repeating: 0, count: indices.count)
            for _ in 0..<judge.draws(effort) {
                let x = try judge.pictures(bytes, noise: &noise)
                for (index, value) in try judge.judgements(of: x).enumerated() {
                    sums[index] += value
                }
            }
            values += sums.map { $0 / Double(judge.draws(effort)) }
        }
        return values
    }

    /// The generator, or the flow as one, for use without training.
    ///
    /// - Throws: `ParameterError` or `TorchError`.
    package func generator() throws -> any PictureGenerator {
        let model = ParameterStore(stored: weights, source: recipe.name, on: device)
        let generator = try recipe.architecture.generator(imageShape: imageShape, in: model.root)
        try model.finish()
        return try withoutGradient { try generator.frozenGenerator() }
    }
}
