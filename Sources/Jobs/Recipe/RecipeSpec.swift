/// How a model is trained, with every default filled in: what a recipe in `etc/recipes/` says.
///
/// Paths are relative to the folder of the recipe.
package struct RecipeSpec: Equatable, Sendable {
    /// How long the training goes on.
    package enum Length: Equatable, Sendable {
        case steps(Int)
        case epochs(Int)
    }

    /// In what the matrix products of coupling networks are computed.
    package enum Precision: String, CaseIterable, Sendable {
        case float32, bfloat16
    }

    /// How exactly the weights of the model are stored.
    package enum Storage: String, CaseIterable, Sendable {
        case float32, bfloat16
    }

    /// What pictures of noise show where there is none.
    package enum Zero: String, CaseIterable, Sendable {
        case black, gray, white
    }

    /// The name of the model and of its folder.
    package var name: String
    package var architecture: ArchitectureSpec
    /// The folder of a model with whose weights the training begins; nil is at random.
    package var start: String?
    /// IDX files with training pictures.
    package var train: [String]
    /// IDX files with validation pictures.
    package var validation: [String]
    /// How many validation pictures are used; nil is all of them.
    package var validationLimit: Int?
    /// The depth to which pictures are quantised.
    package var bits: Int
    /// Whether pictures are mirrored at random, left to right.
    package var flips: Bool
    /// What the pictures show where there is no noise; nil for pictures of anything else.
    package var zero: Zero?
    /// Pictures in one step.
    package var batch: Int
    package var length: Length
    /// Pieces in which a process takes its share of a batch: less memory, the same result.
    package var parts: Int
    package var precision: Precision
    package var learningRate: LearningRateSpec
    /// How slowly Adam's mean of gradients changes.
    package var beta1: Double
    /// The opponent of a DCGAN.
    package var adversary: AdversarySpec
    /// What an unfolded network learns from; nil for all others.
    package var unfolding: UnfoldingSpec?
    /// Validations without a better one after which the training ends; nil is never.
    package var patience: Int?
    /// Longer gradients are shortened to this norm.
    package var gradientNorm: Double
    /// The weight of the penalty on the scales of weight normalisation.
    package var weightNormPenalty: Double
    /// The decay of the running average of the weights per step.
    package var averaging: Double
    /// Steps between validations.
    package var validateEvery: Int
    /// The time between checkpoints.
    package var checkpointEvery: Duration
    package var seed: UInt64
    package var storage: Storage
    /// The standard deviation of the latents of the pictures on the model card.
    package var temperature: Double
    /// What the model card says about the training data, in Markdown.
    package var card: String?
    /// Under which terms the training data, and so the model, may be used, in Markdown.
    package var terms: String?

    package init(
        name: String, architecture: ArchitectureSpec, start: String? = nil, train: [String],
        validation: [String],
        validationLimit: Int? = nil, bits: Int = 8, flips: Bool = false, zero: Zero? = nil,
        batch: Int = 32,
        length: Length, parts: Int = 1, precision: Precision = .float32,
        learningRate: LearningRateSpec, beta1: Double = 0.9,
        adversary: AdversarySpec = AdversarySpec(), unfolding: UnfoldingSpec? = nil,
        patience: Int? = nil,
        gradientNorm: Double = 500, weightNormPenalty: Double = 0, averaging: Double = 0.999,
        validateEvery: Int = 500,
        checkpointEvery: Duration = .seconds(120), seed: UInt64 = 0, storage: Storage = .float32,
        temperature: Double = 0.7,
        card: String? = nil, terms: String? = nil
    ) {
        self.name = name
        self.architecture = architecture
        self.start = start
        self.train = train
        self.validation = validation
        self.validationLimit = validationLimit
        self.bits = bits
        self.flips = flips
        self.zero = zero
        self.batch = batch
        self.length = length
        self.parts = parts
        self.precision = precision
        self.learningRate = learningRate
        self.beta1 = beta1
        self.adversary = adversary
        self.unfolding = unfolding
        self.patience = patience
        self.gradientNorm = gradientNorm
        self.weightNormPenalty = weightNormPenalty
        self.averaging = averaging
        self.validateEvery = validateEvery
        self.checkpointEvery = checkpointEvery
        self.seed = seed
        self.storage = storage
        self.temperature = temperature
        self.card = card
        self.terms = terms
    }
}

/// How the learning rate changes with the steps.
package struct LearningRateSpec: Equatable, Sendable {
    package enum Decay: Equatable, Sendable {
        case none
        /// Half a cosine from the peak down to 0 at the end.
        case cosine
        /// Halved every so many epochs.
        case halving(epochs: Int)
    }

    package var peak: Double
    /// Steps over which the rate rises from 0 to its peak.
    package var warmUp: Int
    package var decay: Decay

    package init(peak: Double, warmUp: Int = 0, decay: Decay = .none) {
        self.peak = peak
        self.warmUp = warmUp
        self.decay = decay
    }
}
