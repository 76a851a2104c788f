import Arrays
import Foundation
import Images
import Models
import Programs
package import Tensors
package import Training

/// Makes a model folder of a training: the averaged weights, and what they are worth.
package struct ModelExport {
    private let plan: TrainingPlan
    private let trainer: Trainer
    private let device: Device
    /// log p of the validation pictures, in nats.
    private let likelihoods: [Double]

    /// Measures the averaged weights of `trainer` on the validation pictures of `plan`.
    ///
    /// - Throws: `TorchError`, `ArrayError` or `ParameterError`.
    package init(_ plan: TrainingPlan, _ trainer: Trainer, on device: Device) throws {
        self.plan = plan
        self.trainer = trainer
        self.device = device
        likelihoods = try trainer.logLikelihoods(of: plan.validation)
    }

    /// Mean bits per dimension of the validation pictures.
    package var bitsPerDimension: Double {
        trainer.flow.bitsPerDimension(mean, bits: plan.recipe.bits)
    }

    /// Writes the folder at `place`, instead of an older model there.
    ///
    /// - Throws: `SessionError`, `ArrayError`, `ImageError` or `TorchError`; then nothing has
    ///   changed.
    func write(to place: ModelPlace) throws {
        let folder = try StagedFolder(place.path)
        do {
            let sheet = try SampleSheet(plan: plan, flow: trainer.averagedFlow(), on: device).png()
            let card = ModelCard(
                plan: plan, description: try description(), pictures: plan.validation.count,
                hasSamples: sheet != nil)
            try ModelFolder.write(
                description(), weights: trainer.averagedWeights(), card: card.text,
                to: folder.staging)
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

    private var mean: Double { likelihoods.reduce(0, +) / Double(likelihoods.count) }

    private var deviation: Double {
        let squares = likelihoods.map { ($0 - mean) * ($0 - mean) }
        return (squares.reduce(0, +) / Double(likelihoods.count)).squareRoot()
    }

    private func description() throws -> ModelDescription {
        let parameters = trainer.store.ordered.reduce(0) { $0 + $1.count }
        return ModelDescription(
            name: plan.recipe.name, architecture: plan.recipe.architecture,
            imageShape: plan.train.imageShape, bits: plan.recipe.bits,
            bitsPerDimension: bitsPerDimension, validationLogLikelihood: [mean, deviation],
            training: .init(
                data: try digests(), steps: trainer.state.step,
                picturesSeen: trainer.state.step * plan.recipe.batch,
                seconds: trainer.state.seconds.rounded()),
            weights: .init(file: ModelFolder.weightsFile, sha256: "", parameters: parameters),
            software: Software.name)
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
