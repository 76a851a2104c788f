package import Arrays
import Models
package import Solvers
package import Tensors

/// One piece of a training: steps, validations, a log, and checkpoints to go on from.
///
/// In `folder` it keeps `checkpoint.safetensors` and `log.csv`.
package struct TrainingRun {
    /// What happened since the last report.
    package enum Event: Sendable {
        case step(TrainingStep, secondsLeft: Double)
        case validated(Double)
        case saved(path: String)
    }

    package let folder: String
    package let validation: PictureSet
    package private(set) var trainer: Trainer
    /// Nil until there is something to log: who only looks at a checkpoint changes nothing.
    private var log: TrainingLog?
    private let checkpointEvery: Duration

    package static let checkpointFile = "checkpoint.safetensors"
    package static let logFile = "log.csv"

    /// So many losses in a row that are not finite end the training.
    private static let mostFailures = 10

    /// A run in `folder`, which goes on from its checkpoint when `isResuming`, or else begins with
    /// the weights that `start` gives.
    ///
    /// - Throws: `TrainingError`, `ArrayError`, `ParameterError` or `TorchError`.
    package init(
        _ recipe: TrainingRecipe, data: PictureSet, validation: PictureSet, folder: String,
        isResuming: Bool, start: () throws -> [String: HostArray]? = { nil },
        measuredBy simulation: Simulation? = nil, checkpointEvery: Duration = .seconds(120),
        on device: Device = .cpu, with group: ProcessGroup? = nil
    ) throws {
        guard data.imageShape == validation.imageShape else {
            throw TrainingError(
                .shapeMismatch(train: data.imageShape, validation: validation.imageShape))
        }
        try FolderEntry.makeFolder(folder)
        let checkpoint = "\(folder)/\(Self.checkpointFile)"
        trainer = try recipe.inMemory(.network, processes: group?.size ?? 1) {
            guard isResuming, InputFile.exists(checkpoint) else {
                return try Trainer(
                    recipe, data: data, start: start(), measuredBy: simulation, on: device,
                    with: group)
            }
            return try Trainer(
                resuming: checkpoint, recipe, data: data, measuredBy: simulation, on: device,
                with: group)
        }
        try trainer.agree()
        self.folder = folder
        self.validation = validation
        self.checkpointEvery = checkpointEvery
    }

    /// Whether every step was taken, or validation has turned.
    package var isFinished: Bool {
        trainer.state.step >= trainer.recipe.steps || trainer.isOverfitted
    }

    /// Trains until the last step, or until `deadline` says that this piece is over.
    ///
    /// `report` is called after every step and may throw to stop; what was done is saved.
    ///
    /// - Throws: `TrainingError` when the loss stays non-finite, what `report` throws, and the
    ///   errors of tensors and files.
    package mutating func run(
        until deadline: ContinuousClock.Instant? = nil, report: (Event) throws -> Void
    ) throws {
        try beginLog()
        let clock = ContinuousClock()
        var saved = clock.now
        var failures = 0
        while !isFinished {
            let began = clock.now
            let step = try trainer.step()
            trainer.state.seconds += (clock.now - began) / .seconds(1)
            failures = step.gradientNorm.isFinite ? 0 : failures + 1
            let validated = try validateIfDue(step)
            guard failures < Self.mostFailures else {
                try log?.flush()
                throw TrainingError(.diverged(step: step.step, attempts: failures))
            }
            let isOver = deadline.map { clock.now >= $0 } ?? false
            let interruption = told(step, validated, report)
            let isLast = try agrees(isOver || interruption != nil) || isFinished
            if let interruption {
                try save()
                throw interruption
            }
            // What goes on from a checkpoint begins with weights that still made sense.
            if isLast || failures == 0 && clock.now - saved >= checkpointEvery {
                saved = clock.now
                try report(.saved(path: save()))
            }
            if isLast { return }
        }
    }

    /// What `report` throws, so that a checkpoint can be written before.
    private func told(
        _ step: TrainingStep, _ validated: Double?, _ report: (Event) throws -> Void
    ) -> (any Error)? {
        do {
            try report(.step(step, secondsLeft: secondsLeft))
            if let validated { try report(.validated(validated)) }
            return nil
        } catch {
            return error
        }
    }

    /// Whether this process or another wants to stop here.
    private func agrees(_ wish: Bool) throws -> Bool {
        guard let group = trainer.group else { return wish }
        return try group.sum([wish ? 1 : 0])[0] > 0
    }

    /// Whether this process writes the files that all share.
    private var isWriting: Bool { (trainer.group?.rank ?? 0) == 0 }

    private mutating func beginLog() throws {
        guard log == nil, isWriting else { return }
        log = try TrainingLog(
            path: "\(folder)/\(Self.logFile)", trainer.objective, through: trainer.state.step)
    }

    private var secondsLeft: Double {
        let state = trainer.state
        return state.seconds / Double(max(state.step, 1))
            * Double(trainer.recipe.steps - state.step)
    }

    /// Logs `step`, and the bits per dimension of the validation pictures when it is their turn.
    private mutating func validateIfDue(_ step: TrainingStep) throws -> Double? {
        var validated: Double?
        if step.step % trainer.recipe.validateEvery == 0 || isFinished {
            validated = try trainer.validate(on: validation)
        }
        try log?.append(
            step, seconds: trainer.state.seconds, pictures: step.step * trainer.recipe.batch,
            validation: validated)
        return validated
    }

    @discardableResult
    private mutating func save() throws -> String {
        try log?.flush()
        let path = "\(folder)/\(Self.checkpointFile)"
        if isWriting { try trainer.saveCheckpoint(to: path) }
        return path
    }
}
