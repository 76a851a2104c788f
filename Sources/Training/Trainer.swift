package import Arrays
import Models
package import Solvers
package import Tensors

/// Trains a model, step by step.
///
/// Every random number is a function of the seed and the step, so that a training continued from
/// a checkpoint gives the same bits on the CPU as one that was never interrupted.
package struct Trainer {
    package let recipe: TrainingRecipe
    package let data: PictureSet
    package let objective: any Objective
    package let store: ParameterStore
    package var state: TrainingState
    /// One optimiser for every turn of a step.
    var optimizers: [Adam]
    /// Running averages of the parameters; they become the model.
    let averages: [Tensor]
    /// The averages that did best on validation pictures; empty before the first validation.
    var best: [Tensor] = []
    let streams: RandomStreams
    package let device: Device
    /// The measurements that an unfolded network learns from; nil for all others.
    let simulation: Simulation?
    /// The processes that share the batches; nil for one alone.
    package let group: ProcessGroup?
    /// The order of the pictures in the epoch that it was shuffled for.
    private var order: (epoch: Int, indices: [Int]) = (-1, [])

    /// A training from its beginning: at random, where the first batch sets what begins with
    /// statistics, or with the weights `start` of a model.
    ///
    /// - Throws: `ParameterError` when these do not fit, `TorchError`, `ArrayError` or
    ///   `TrainingError`.
    package init(
        _ recipe: TrainingRecipe, data: PictureSet, start: [String: HostArray]? = nil,
        measuredBy simulation: Simulation? = nil, on device: Device = .cpu,
        with group: ProcessGroup? = nil
    ) throws {
        try recipe.check(processes: group?.size ?? 1)
        guard recipe.unfolding == nil || data.count >= recipe.batch else {
            throw TrainingError(.fewPictures(data.count, batch: recipe.batch))
        }
        let streams = RandomStreams(seed: recipe.seed)
        if case .dcgan = recipe.architecture, start != nil {
            throw TrainingError(.startsAlone)
        }
        let store =
            start.map {
                ParameterStore(stored: $0, source: "start", isTrainable: true, on: device)
            } ?? ParameterStore(random: streams["weights"], on: device)
        let objective = try recipe.objective(
            imageShape: data.imageShape, store: store, simulation: simulation)
        try store.finish()
        self.init(
            recipe, data, objective, store,
            optimizers: try (0..<objective.turns).map { turn in
                try Adam(objective.parameters(of: store, in: turn), recipe.adam)
            },
            averages: try store.ordered.map { try $0.detached().copy() }, state: TrainingState(),
            measuredBy: simulation, on: device, with: group)
        guard start == nil else { return }
        let first = try batch(0)
        _ = try recipe.inMemory(.firstBatch, processes: group?.size ?? 1) {
            try withoutGradient { try objective.start(on: first) }
        }
        for (average, parameter) in zip(averages, store.ordered) {
            try average.overwrite(with: parameter)
        }
    }

    init(
        _ recipe: TrainingRecipe, _ data: PictureSet, _ objective: any Objective,
        _ store: ParameterStore, optimizers: [Adam], averages: [Tensor], state: TrainingState,
        measuredBy simulation: Simulation?, on device: Device, with group: ProcessGroup?
    ) {
        self.simulation = simulation
        self.group = group
        self.recipe = recipe
        self.data = data
        self.objective = objective
        self.store = store
        self.optimizers = optimizers
        self.averages = averages
        self.state = state
        self.device = device
        streams = RandomStreams(seed: recipe.seed)
    }

    /// Steps in one pass over the data.
    package var stepsPerEpoch: Int { max(data.count / recipe.batch, 1) }

    /// The learning rate of the next step.
    package var learningRate: Double {
        state.rateFactor
            * recipe.schedule.rate(step: state.step, of: recipe.steps, perEpoch: stepsPerEpoch)
    }

    /// What a good step multiplies a lowered learning rate by: 35 make up for a halving.
    static let recovery = 1.02

    /// One step; a turn whose loss or gradient is not finite changes nothing but the rate, which is
    /// halved, and ends the step.
    ///
    /// - Throws: `TrainingError` when memory is short, `TorchError` or `ArrayError`.
    package mutating func step() throws -> TrainingStep {
        let (recipe, processes) = (recipe, group?.size ?? 1)
        return try recipe.inMemory(.step, processes: processes) { try advance() }
    }

    private mutating func advance() throws -> TrainingStep {
        let x = try batch(state.step)
        let rate = learningRate
        var norm = Double.nan
        var figure = Double.nan
        for turn in optimizers.indices {
            let outcome = try take(turn, x, rate)
            (norm, figure) = (outcome.norm, outcome.figure)
            if !norm.isFinite { break }
        }
        if norm.isFinite {
            try average()
            state.rateFactor = min(1, state.rateFactor * Self.recovery)
        } else {
            state.rateFactor /= 2
            state.skipped += 1
        }
        state.step += 1
        return TrainingStep(
            step: state.step, learningRate: rate, gradientNorm: norm, figure: figure)
    }

    /// The batch of a step: shuffled by epoch, mirrored, made numbers of.
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
        return try objective.pictures(bytes, noise: &noise)
    }

    /// Moves the averages towards the parameters, faster in the beginning.
    private func average() throws {
        let taken = Double(state.step)
        let decay = min(recipe.averaging, (1 + taken) / (10 + taken))
        try interpolate(averages, towards: store.ordered, weight: 1 - decay)
    }
}

extension Objective {
    /// The names of the parameters that change in `turn`, in the order of `store`.
    func names(of store: ParameterStore, in turn: Int) -> [String] {
        store.names.filter { changes($0, in: turn) }
    }

    /// The parameters that change in `turn`, in the same order.
    func parameters(of store: ParameterStore, in turn: Int) -> [Tensor] {
        names(of: store, in: turn).compactMap { store.tensors[$0] }
    }
}
