extension MAP {
    /// Every choice made: what a run does, and what goes into its records.
    package struct Plan: Sendable, Equatable {
        package enum Schedule: String, Sendable {
            /// The same step size throughout.
            case constant
            /// Falling to 0 along half a cosine.
            case cosine
        }

        /// `latent` or `image`.
        package var space: Settings.Space
        /// `adam` or `lbfgs`.
        package var optimizer: Settings.Optimizer
        /// Never `auto`.
        package var start: Settings.Start
        /// The weight of the prior; where `isWeighedByNoise`, the mean of those of all pictures.
        package var beta: Double
        /// Whether the noise of a picture says what its β is, whatever pictures it is solved with.
        package var isWeighedByNoise = false
        /// Whether β only begins there, and is found picture by picture.
        package var findsBeta = false
        package var steps: Int
        /// Adam's step size: in latent space in units of z, in image space in units of `isScaled`.
        package var learningRate: Double
        package var schedule: Schedule
        /// The smallest standard deviation of the noise at the beginning, which then falls; nil
        /// takes the noise as it is throughout.
        package var softening: Double?
        /// Where that ends, however well the data are known; nil goes down to the noise as it is.
        package var restingFloor: Double?
        /// Whether image space counts every pixel in units of how well it is known, not in 1.
        package var isScaled: Bool
        /// Whether image space has details of every size where pixels are not measured, so that
        /// what is missing moves as a whole.
        package var isLayered: Bool
        /// Whether a start at the observation is smoothed where the noise is strong.
        package var isSmoothed: Bool
        /// How far beside the point an iteration looks, at random, in the units of the space: in
        /// image space only the prior, in latent space the whole objective.
        package var jitter: Double
        package var restarts: Int
        /// Where the second run begins; nil is at random, as for all that follow.
        package var secondStart: Settings.Start?

        package init(
            space: Settings.Space, optimizer: Settings.Optimizer, start: Settings.Start,
            beta: Double, steps: Int, learningRate: Double, schedule: Schedule = .constant,
            softening: Double? = nil, restingFloor: Double? = nil, isScaled: Bool = false,
            isLayered: Bool = false, isSmoothed: Bool = false, jitter: Double = 0,
            restarts: Int = 1,
            secondStart: Settings.Start? = nil
        ) {
            self.space = space
            self.optimizer = optimizer
            self.start = start
            self.beta = beta
            self.steps = steps
            self.learningRate = learningRate
            self.schedule = schedule
            self.softening = softening
            self.restingFloor = restingFloor
            self.isScaled = isScaled
            self.isLayered = isLayered
            self.isSmoothed = isSmoothed
            self.jitter = jitter
            self.restarts = restarts
            self.secondStart = secondStart
        }
    }
}
