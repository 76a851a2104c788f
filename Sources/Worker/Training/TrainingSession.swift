import CSystem
import Foundation
import Jobs
import Programs
package import Tensors
import Training

/// A training that a user watches: from its recipe to the model folder.
package final class TrainingSession {
    /// Where it begins.
    package enum Beginning: Equatable, Sendable {
        /// At the first step; there must be no checkpoint.
        case fresh
        /// At the last checkpoint, or at the first step when none is required.
        ///
        /// A session that requires one only looks at it, and another may train meanwhile.
        case atCheckpoint(isRequired: Bool)
    }

    /// The path of the model folder.
    package var model: String { place.path }
    /// Where the checkpoint and the log are.
    package let folder: TrainingFolder
    /// Whether it was to go on with a checkpoint, and there is none.
    package let lacksCheckpoint: Bool
    private let place: ModelPlace
    /// Nil for a session that does not train, and for companions of one that does.
    private let lock: TrainingLock?
    private let isTraining: Bool
    /// Whether this process is the one that shows how far it is and writes the model.
    package let isLeading: Bool
    private let companions: Companions?
    private let plan: TrainingPlan
    private var run: TrainingRun

    /// A session for the recipe at `path`, whose model goes to `output` or `Models/NAME`.
    ///
    /// - Throws: `JobError` for the recipe, `SessionError` when the checkpoint is not as
    ///   `beginning` wants it, the model would take the place of other files or another process
    ///   trains it, and the errors of data files and trainers.
    package init(
        recipe path: String, output: String?, device: Device, beginning: Beginning,
        with companions: Companions? = nil
    ) throws {
        let plan = try TrainingPlan(recipe: path)
        place = try ModelPlace(output ?? "Models/\(plan.recipe.name)")
        try place.check()
        folder = TrainingFolder(model: place)
        isTraining = beginning != .atCheckpoint(isRequired: true)
        self.companions = isTraining ? companions : nil
        isLeading = (companions?.place.rank ?? 0) == 0
        lock = isLeading ? try Self.lock(folder, beginning) : nil
        lacksCheckpoint = beginning != .fresh && !folder.hasCheckpoint
        let device = try self.companions?.device(device) ?? device
        run = try TrainingRun(
            plan.recipe, data: plan.train, validation: plan.validation, folder: folder.path,
            isResuming: beginning != .fresh, start: plan.start,
            measuredBy: plan.simulation(on: device), checkpointEvery: plan.spec.checkpointEvery,
            on: device,
            with: self.companions?.summon(in: folder.path))
        self.plan = plan
    }

    /// Trains to the last step, or for so many minutes, showing how far it is with `write`.
    ///
    /// - Returns: whether the last step is done.
    /// - Throws: `Interruption` after an interrupt, with a checkpoint, and what training throws.
    package func train(
        minutes: Double?, write: @escaping (String) -> Void = StandardError.writeRaw
    ) throws -> Bool {
        precondition(isTraining, "a session that only looks at a checkpoint does not train")
        // Every step needs as much memory as the last: giving it back and getting it zeroed again took
        // a third of the time of a step (Docs/performance.md).
        _ = csys_keep_freed_memory()
        let deadline = minutes.map { ContinuousClock.now + .seconds($0 * 60) }
        // Companions of a process that failed wait for it until they are ended.
        var hasFailed = true
        defer { companions?.part(in: folder.path, isEnding: hasFailed) }
        var display = TrainingDisplay(
            plan: plan, objective: run.trainer.objective, firstStep: run.trainer.state.step,
            write: write)
        defer { display.end() }
        try run.run(until: deadline) { event in
            if isLeading { display.show(event) }
            // The others are told at the next step: here they would wait for this process.
            if case .saved = event { return }
            try Interruption.check()
        }
        hasFailed = false
        return run.isFinished
    }

    /// Writes the model folder.
    ///
    /// - Returns: what the model is worth on the validation pictures, as in `0.123 bits/dim`.
    /// - Throws: `SessionError` when the folder holds other files by now, and the errors of
    ///   tensors and files; then an older model is still there.
    package func export() throws -> String {
        try place.check()
        let export = try ModelExport(plan, run)
        try export.write(to: place)
        return export.summary
    }

    private static func lock(
        _ folder: TrainingFolder, _ beginning: Beginning
    ) throws -> TrainingLock? {
        if beginning == .atCheckpoint(isRequired: true) {
            guard folder.hasCheckpoint else {
                throw SessionError(.hasNoCheckpoint, folder: folder.path)
            }
            return nil
        }
        let lock = try TrainingLock(folder)
        if beginning == .fresh, folder.hasCheckpoint {
            throw SessionError(.hasCheckpoint, folder: folder.path)
        }
        return lock
    }
}
