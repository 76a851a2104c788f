package import Models
import Tensors

/// Everything that decides what a training gives: with the same files it gives the same weights.
package struct TrainingRecipe: Codable, Sendable, Equatable {
    /// The name of the model and of its folder.
    package var name: String
    package var architecture: Architecture
    /// IDX files with training pictures; a model sees them as one set.
    package var train: [String]
    /// IDX files with validation pictures.
    package var validation: [String]
    /// How many validation pictures are used, all of them when nil.
    package var validationLimit: Int?
    /// The depth to which pictures are quantised before the dequantisation noise.
    package var bits: Int
    /// Whether pictures are mirrored at random, left to right.
    package var flips: Bool
    package var batch: Int
    package var steps: Int
    /// Pieces in which a process takes its share of a batch, one after the other.
    package var parts: Int
    package var precision: Precision
    /// The opponent of a generator that is trained against one.
    package var adversary: AdversarySettings
    /// What an unfolded network learns from, and how; nil for all others.
    package var unfolding: UnfoldingSettings?
    /// How slowly Adam's mean of gradients changes.
    package var beta1: Double
    /// Validations without a better one after which the training ends; nil is never.
    package var patience: Int?
    package var schedule: LearningRateSchedule
    package var maximumGradientNorm: Double
    /// Weight of the sum of squared magnitudes of weight normalisation.
    package var weightNormPenalty: Double
    /// Decay of the running average of the weights per step.
    package var averaging: Double
    /// Steps between validations.
    package var validateEvery: Int
    package var seed: UInt64

    package init(
        name: String, architecture: Architecture, train: [String], validation: [String],
        validationLimit: Int? = nil, bits: Int = 8, flips: Bool = false, batch: Int, steps: Int,
        parts: Int = 1, precision: Precision = .float32,
        adversary: AdversarySettings = AdversarySettings(), unfolding: UnfoldingSettings? = nil,
        beta1: Double = 0.9,
        patience: Int? = nil, schedule: LearningRateSchedule, maximumGradientNorm: Double = 500,
        weightNormPenalty: Double = 0, averaging: Double = 0.999, validateEvery: Int = 500,
        seed: UInt64 = 0
    ) {
        self.name = name
        self.architecture = architecture
        self.train = train
        self.validation = validation
        self.validationLimit = validationLimit
        self.bits = bits
        self.flips = flips
        self.batch = batch
        self.steps = steps
        self.parts = parts
        self.precision = precision
        self.adversary = adversary
        self.unfolding = unfolding
        self.beta1 = beta1
        self.patience = patience
        self.schedule = schedule
        self.maximumGradientNorm = maximumGradientNorm
        self.weightNormPenalty = weightNormPenalty
        self.averaging = averaging
        self.validateEvery = validateEvery
        self.seed = seed
    }

    /// Checks that the recipe can be followed by so many processes.
    ///
    /// - Throws: `TrainingError` when parts would not be equal, or a generator without density is
    ///   to be trained in half precision.
    func check(processes: Int) throws(TrainingError) {
        guard precision == .float32 || architecture.hasDensity else {
            throw TrainingError(.needsFullPrecision)
        }
        guard batch.isMultiple(of: parts * processes) else {
            throw TrainingError(.unequalParts(batch: batch, parts: parts, processes: processes))
        }
    }

    /// The settings of its optimiser.
    var adam: Adam.Settings { Adam.Settings(beta1: beta1) }

    /// Whether `other` is judged by the same validation pictures.
    func isJudged(like other: TrainingRecipe) -> Bool {
        validation == other.validation && validationLimit == other.validationLimit
    }

    /// Whether `other` may go on where this recipe was interrupted.
    ///
    /// It must train the same network on pictures of the same depth, from the same seed; it may
    /// be longer, or look at other data.
    func isContinued(by other: TrainingRecipe) -> Bool {
        architecture == other.architecture && bits == other.bits && seed == other.seed
            && (architecture.hasDensity || adversary.width == other.adversary.width)
            && (adversary.reconstruction == 0) == (other.adversary.reconstruction == 0)
            && measures(like: other)
    }

    /// Whether `other` learns from the same measurements, or none of the two from any.
    private func measures(like other: TrainingRecipe) -> Bool {
        guard let unfolding, let otherUnfolding = other.unfolding else {
            return unfolding == nil && other.unfolding == nil
        }
        return unfolding.measures(like: otherUnfolding)
    }
}
