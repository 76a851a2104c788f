import Arrays
import Training

/// Where a training keeps its checkpoint and log: beside its model, as `NAME.training/`.
package struct TrainingFolder {
    package let path: String

    /// The folder that belongs to the model in `model`.
    init(model: ModelPlace) {
        path = model.path + ".training"
    }

    /// Whether there is a training to go on with.
    package var hasCheckpoint: Bool {
        InputFile.exists("\(path)/\(TrainingRun.checkpointFile)")
    }
}
