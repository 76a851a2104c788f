/// Why a training cannot begin or go on.
package struct TrainingError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case noData
        case unequalData([[Int]])
        /// What the files hold is no picture but something of this shape, such as labels.
        case noPictures([Int])
        /// Training and validation pictures have other shapes than each other.
        case shapeMismatch(train: [Int], validation: [Int])
        case damagedCheckpoint(String)
        /// The checkpoint was written by another recipe.
        case otherRecipe(String)
        /// Processes that share a training begin at different steps; this is that of one.
        case unequalSteps(Int)
        /// A training whose opponents are no part of a model cannot begin with one.
        case startsAlone
        /// The folds of an unfolded network cannot begin as this model, which is no flow.
        case startsWithNoFlow(String)
        /// Half precision is for flows.
        case needsFullPrecision
        /// There are fewer pictures than an unfolded network is to see at a time.
        case fewPictures(Int, batch: Int)
        /// A batch cannot be divided equally.
        case unequalParts(batch: Int, parts: Int, processes: Int)
        case memory(TrainingShortage)
        /// The loss was not finite so many times in a row.
        case diverged(step: Int, attempts: Int)
    }

    package let reason: Reason

    package init(_ reason: Reason) {
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .noData: "there are no pictures to train on; prepare some with sluice dataset prepare"
        case .unequalData(let shapes):
            "the data files hold pictures of different shapes \(shapes); prepare them alike"
        case .noPictures(let shape):
            "the data files hold items of shape \(shape), which are no pictures; name others"
        case .shapeMismatch(let train, let validation):
            "training pictures are \(train), validation pictures \(validation); prepare them alike"
        case .unequalSteps(let step):
            """
            the processes do not begin at the same step, one of them at \(step); let all see the \
            same folder, and try again
            """
        case .startsAlone:
            "a model holds no discriminator, so a DCGAN cannot begin with one; leave out start"
        case .startsWithNoFlow(let name):
            """
            start: \(name) is no flow; name a flow or another unfolded network, or leave out start
            """
        case .needsFullPrecision:
            "precision: bfloat16 is for flows by themselves; leave it out for a DCGAN, a VAE or an unfolded network"
        case .fewPictures(let count, let batch):
            """
            there are \(count) training pictures, and a batch has \(batch): prepare more pictures, or \
            write a smaller batch
            """
        case .unequalParts(let batch, let parts, let processes):
            """
            a batch of \(batch) pictures cannot be divided equally among \(processes) processes \
            with \(parts) parts each; choose a batch that is a multiple of \(processes * parts)
            """
        case .damagedCheckpoint(let what):
            "the checkpoint cannot be used: \(what); remove it to begin again"
        case .otherRecipe(let path):
            "\(path) belongs to another recipe; choose another folder or remove it"
        case .memory(let shortage): "\(shortage.problem); \(shortage.remedy)"
        case .diverged(let step, let attempts):
            """
            the loss was not finite \(attempts) times in a row at step \(step); \
            lower the learning rate or the gradient norm
            """
        }
    }
}
