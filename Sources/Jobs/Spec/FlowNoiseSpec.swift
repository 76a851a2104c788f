/// Noise whose density is a model of pictures of noise.
package struct FlowNoiseSpec: Equatable, Sendable {
    /// Where the model's picture lies in the measurement.
    package enum Placement: Equatable, Sendable {
        /// It covers the measurement.
        case full
        case patch(NoisePlacement)
    }

    package var model: ModelReference
    package var placement: Placement
    /// The standard deviation of the Gaussian noise outside a patch.
    package var background: Double
    /// What simulated noise is drawn from; nil is the model itself.
    package var pictures: ImagesSpec?
    /// Whether the noise is looked for beside the picture; otherwise it is what the picture leaves.
    package var isSeparated: Bool
    /// The weight of the model when it is; nil is left to the solver.
    package var beta: Double?

    package init(
        model: ModelReference, placement: Placement = .full, background: Double = 0.01,
        pictures: ImagesSpec? = nil, isSeparated: Bool = false, beta: Double? = nil
    ) {
        self.model = model
        self.placement = placement
        self.background = background
        self.pictures = pictures
        self.isSeparated = isSeparated
        self.beta = beta
    }
}

/// The pixel of a measurement on which the top left corner of a patch of noise lies.
package struct NoisePlacement: Equatable, Sendable {
    package var row: Int
    package var column: Int
    /// The colour channel that the patch is added to; nil adds it to all.
    package var channel: Int?

    package init(row: Int, column: Int, channel: Int? = nil) {
        self.row = row
        self.column = column
        self.channel = channel
    }
}

/// Digits that were added to the measurement, one in each cell of 32 × 32 pixels.
package struct DigitsNoiseSpec: Equatable, Sendable {
    /// How it is known where the digits lie.
    package enum Placement: Equatable, Sendable {
        /// The noise is simulated, and the solver is told what was drawn.
        case known
        /// Found by likelihood over offsets and channels.
        case search
        /// Stated, the same for every picture.
        case at([NoisePlacement])
    }

    /// The model of one digit.
    package var model: ModelReference
    package var amplitude: Double
    package var placement: Placement
    /// The standard deviation of the Gaussian noise outside the digits.
    package var background: Double
    /// What simulated digits are drawn from; nil is the MNIST test set of the data folders.
    package var pictures: ImagesSpec?
    /// Whether the digits are looked for beside the picture; otherwise they are what it leaves.
    package var isSeparated: Bool
    /// The weight of the model when they are; nil is left to the solver.
    package var beta: Double?

    package init(
        model: ModelReference = ModelReference("mnist"), amplitude: Double = 0.5,
        placement: Placement = .known, background: Double = 0.01, pictures: ImagesSpec? = nil,
        isSeparated: Bool = false, beta: Double? = nil
    ) {
        self.model = model
        self.amplitude = amplitude
        self.placement = placement
        self.background = background
        self.pictures = pictures
        self.isSeparated = isSeparated
        self.beta = beta
    }
}
