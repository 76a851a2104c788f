package import Models
package import Tensors

/// Trains a flow by maximum likelihood.
///
///     minimise −mean log p(x) + penalty · Σ g²
///
/// Every random number is a function of the seed and the step, so that a training continued from
/// a checkpoint gives the same bits on the CPU as one that was never interrupted.
package struct Trainer {
    package let recipe: TrainingRecipe
    package let data: PictureSet
    package let flow: Flow
    package let store: ParameterStore
    package var state: TrainingState
    var adam: Adam
    /// Running averages of the parameters; they become the model.
    let averages: [Tensor]
    private let penalized: [Tensor]
    private let streams: RandomStreams
    let device: Device
    /// The order of the pictures in the epoch that it was shuffled for.
    private var order: (epoch: Int, indices: [Int]) = (-1, [])

    /// A training from its beginning: the first batch sets what begins with statistics.
    ///
    /// - Throws: `TorchError`, `ArrayError` or `TrainingError`.
    package init(_ recipe: TrainingRecipe, data: PictureSet, on device: Device = .cpu) throws {
        let streams = RandomStreams(seed: recipe.seed)
        let store = ParameterStore(random: streams["weights"], on: device)
        let flow = try recipe.architecture.flow(imageShape: data.imageShape, in: store.root)
        try store.finish()
        self.init(
            recipe, data, flow, store, adam: try Adam(store.ordered),
            averages: try store.ordered.map { try $0.detached().copy() }, state: TrainingState(),
            on: device)
        let first = try batch(0)
        _ = try withoutGradient { try flow.start(on: first) }
        for (average, parameter) in zip(averages, store.ordered) {
            try average.overwrite(with: parameter)
        }
    }

    init(
        _ recipe: TrainingRecipe, _ data: PictureSet, _ flow: Flow, _ store: ParameterStore,
        adam: Adam, averages: [Tensor], state: TrainingState, on device: Device
    ) {
        self.recipe = recipe
        self.data = data
        self.flow = flow
        self.store = store
        self.adam = adam
        self.averages = averages
        self.state = state
        self.device = device
        streams = RandomStreams(seed: recipe.seed)
        penalized = store.names.filter { $0.hasSuffix(".magnitude") }
            .compactMap { store.tensors[$0] }
    }

    /// Steps in one pass over the data.
    package var stepsPerEpoch: Int { max(data.count / recipe.batch, 1) }

    /// The learning rate of the next step.
    package var learningRate: Double {
        state.rateFactor
            * recipe.schedule.rate(step: state.step, of: recipe.steps, perEpoch: stepsPerEpoch)
    }

    /// One step; a step whose loss or gradient is not finite changes nothing but the rate.
    ///
    /// - Throws: `TorchError` or `ArrayError`.
    package mutating func step() throws -> TrainingStep {
        let x = try batch(state.step)
        let likelihood = try flow.logLikelihood(x).mean()
        var loss = -(try likelihood.item())
        var gradients: [Tensor] = []
        var norm = Double.nan
        if loss.isFinite {
            gradients = try (penalty() - likelihood).gradients(of: adam.parameters)
            norm = try clipNorm(of: gradients, to: recipe.maximumGradientNorm)
        }
        let rate = learningRate
        if norm.isFinite {
            try adam.step(gradients, learningRate: rate)
            try average()
        } else {
            loss = .nan
            state.rateFactor /= 2
            state.skipped += 1
        }
        state.step += 1
        return TrainingStep(
            step: state.step, learningRate: rate, gradientNorm: norm,
            bitsPerDimension: flow.bitsPerDimension(-loss, bits: recipe.bits))
    }

    /// The batch of a step: shuffled by epoch, mirrored, dequantised.
    private mutating func batch(_ step: Int) throws -> Tensor {
        let epoch = step / stepsPerEpoch
        if order.epoch != epoch {
            var shuffle = streams["shuffle-\(epoch)"]
            order = (epoch, shuffle.permutation(data.count))
        }
        let start = step % stepsPerEpoch * recipe.batch
        let indices = (start..<start + recipe.batch).map { order.indices[$0 % data.count] }
        var bytes = try data.pictures(indices).moved(to: device)
        if recipe.flips {
            var flips = streams["flips-\(step)"]
            let mirrored = try flips.uniform([recipe.batch, 1, 1, 1], on: device).isLess(than: 0.5)
            bytes = try bytes.flipped(along: [3]).chosen(where: mirrored, else: bytes)
        }
        var noise = streams["dequantisation-\(step)"]
        return try Dequantization(bits: recipe.bits).dequantized(bytes, noise: &noise)
    }

    private func penalty() throws -> Tensor {
        var total = try Tensor.zeros([], on: device)
        guard recipe.weightNormPenalty > 0 else { return total }
        for magnitude in penalized { total = try total + magnitude.square().sum() }
        return try total * recipe.weightNormPenalty
    }

    /// Moves the averages towards the parameters, faster in the beginning.
    private func average() throws {
        let taken = Double(state.step)
        let decay = min(recipe.averaging, (1 + taken) / (10 + taken))
        try interpolate(averages, towards: adam.parameters, weight: 1 - decay)
    }
}
