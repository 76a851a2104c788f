import Arrays
import Foundation
import Images
import Jobs
import Models
import Programs
package import Training

/// Makes a model folder of a training: the averaged weights, and what they are worth.
package struct ModelExport {
    private let plan: TrainingPlan
    private let trainer: Trainer
    /// The rows of the training's log that a reader needs.
    private let log: [UInt8]?
    private let model: TrainedModel
    private let storage: WeightStorage
    /// One for every validation picture.
    private let judgements: [Double]

    /// Measures the best averaged weights of `run` on the validation pictures of `plan`.
    ///
    /// - Throws: `TorchError`, `ArrayError` or `ParameterError`.
    package init(_ plan: TrainingPlan, _ run: TrainingRun) throws {
        self.plan = plan
        trainer = run.trainer
        log = try run.logSummary()
        storage = WeightStorage(plan.spec.storage == .bfloat16 ? .bfloat16 : .float32)
        model = try trainer.bestModel(storedAs: storage.precision)
        judgements = try model.judgements(of: plan.validation)
    }

    /// The mean judgement of the validation pictures, as in `0.123 bits/dim`.
    package var summary: String {
        String(format: "%.3f ", mean) + trainer.objective.validated.unit
    }

    /// Writes the folder at `place`, instead of an older model there.
    ///
    /// - Throws: `SessionError`, `ArrayError`, `ImageError` or `TorchError`; then nothing has
    ///   changed.
    func write(to place: ModelPlace) throws {
        let folder = try StagedFolder(place.path)
        do {
            let sheet = try SampleSheet(
                plan: plan, generator: model.generator(), on: trainer.device
            ).png()
            let card = ModelCard(
                plan: plan, description: try description(), pictures: plan.validation.count,
                hasSamples: sheet != nil)
            try ModelFolder.write(
                description(), weights: model.weights, card: card.text,
                to: folder.staging, storage: storage)
            if let log {
                try OutputFile.write(log, to: "\(folder.staging)/\(TrainingRun.logFile)")
            }
            if let sheet {
                try OutputFile.write(sheet, to: "\(folder.staging)/\(SampleSheet.fileName)")
            }
            // The folder may have been filled while the model was trained.
            try place.check()
            try folder.publish(isReplacing: true)
        } catch {
            folder.discard()
            throw error
        }
    }

    private var mean: Double { judgements.reduce(0, +) / Double(judgements.count) }

    private func description() throws -> ModelDescription {
        let hasDensity = plan.recipe.architecture.hasDensity
        let restoration = plan.recipe.unfolding.map {
            ModelDescription.Restoration(forward: $0.forward, noise: $0.noise, psnr: mean)
        }
        return ModelDescription(
            name: plan.recipe.name, architecture: plan.recipe.architecture,
            imageShape: plan.train.imageShape, bits: plan.recipe.bits,
            noiseZero: plan.spec.zero.flatMap { NoiseZero(rawValue: $0.rawValue) },
            bitsPerDimension: hasDensity ? mean : nil,
            reconstructionPSNR: hasDensity || restoration != nil ? nil : mean,
            restoration: restoration,
            validationLogLikelihood: hasDensity ? logLikelihood : nil,
            training: .init(
                data: try digests(), steps: trainer.state.step,
                picturesSeen: trainer.state.step * plan.recipe.batch,
                seconds: trainer.state.seconds.rounded()),
            weights: .init(
                file: ModelFolder.weightsFile, sha256: "", parameters: model.parameters),
            software: Software.name)
    }

    /// Mean and standard deviation of log p of the validation pictures, in nats.
    private var logLikelihood: [Double] {
        let nats = plan.train.imageShape.reduce(Foundation.log(2), { $0 * Double($1) })
        let squares = judgements.map { ($0 - mean) * ($0 - mean) }
        let deviation = (squares.reduce(0, +) / Double(judgements.count)).squareRoot()
        return [(Double(plan.recipe.bits) - mean) * nats, deviation * nats]
    }

    /// The SHA-256 of the training files by name.
    private func digests() throws -> [String: String] {
        var digests: [String: String] = [:]
        for path in plan.recipe.train {
            let name = URL(filePath: path).lastPathComponent
            digests[name] = try SHA256.hexadecimal(of: InputFile(path))
        }
        return digests
    }
}
