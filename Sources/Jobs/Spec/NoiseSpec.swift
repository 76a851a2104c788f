/// What was added to the measurement.
///
/// Standard deviations are on the [0, 1] scale.
package indirect enum NoiseSpec: Equatable, Sendable {
    /// Nothing: the measurement is exact.
    case none
    case gaussian(NoiseLevel)
    case sine(SineNoiseSpec)
    case radial(RadialNoiseSpec)
    case laplace(std: Double)
    case studentT(StudentTNoiseSpec)
    /// Counting noise: `y · peak` is Poisson of mean `f(x) · peak`.
    case poisson(peak: Double)
    case flow(FlowNoiseSpec)
    case digits(DigitsNoiseSpec)
    /// An independent sum of two or more, none of them a sum.
    case sum([NoiseSpec])
}

/// The strength of Gaussian noise: its standard deviation, or the amplitude of one that varies.
package enum NoiseLevel: Equatable, Sendable {
    case known(Double)
    /// To be estimated together with the picture; `simulated` is that of noise that is drawn.
    case estimate(simulated: Double?)
}

extension NoiseLevel: ExpressibleByFloatLiteral {
    /// A level that is known.
    package init(floatLiteral level: Double) { self = .known(level) }
}

extension NoiseSpec {
    /// How strong it is, where that is one number that may be unknown; nil elsewhere.
    package var level: NoiseLevel? {
        switch self {
        case .gaussian(let level): level
        case .sine(let sine): sine.amplitude
        case .radial(let radial): radial.amplitude
        case .none, .laplace, .studentT, .poisson, .flow, .digits, .sum: nil
        }
    }

    /// How a job calls the number of `level`.
    var nameOfLevel: String {
        if case .gaussian = self { "std" } else { "amplitude" }
    }
}

/// Gaussian noise whose standard deviation σ changes like a sine:
/// `σ_k = amplitude · (exp(sin(2πk / period)) − 1) / (e − 1)`, clamped to `floor`…1.
package struct SineNoiseSpec: Equatable, Sendable {
    /// What k counts.
    package enum Axis: String, CaseIterable, Sendable {
        case rows, columns
        /// Pixels or measurements in their order in memory.
        case measurements
    }

    package var amplitude: NoiseLevel
    /// In rows, columns or measurements.
    package var period: Double
    package var axis: Axis
    package var floor: Double

    package init(
        amplitude: NoiseLevel = .known(0.1), period: Double = 16, axis: Axis = .rows,
        floor: Double = 0.001
    ) {
        self.amplitude = amplitude
        self.period = period
        self.axis = axis
        self.floor = floor
    }
}

/// Gaussian noise that is strongest at a point: `σ(d) = amplitude · exp(−decay · d²)` at the
/// distance of d pixels, at least `floor`.
package struct RadialNoiseSpec: Equatable, Sendable {
    package var amplitude: NoiseLevel
    package var decay: Double
    package var floor: Double
    /// The pixel of the maximum; nil is the one above and left of the middle, (31, 31) of 64.
    package var center: PixelPoint?

    package init(
        amplitude: NoiseLevel = .known(0.1), decay: Double = 0.005, floor: Double = 0.001,
        center: PixelPoint? = nil
    ) {
        self.amplitude = amplitude
        self.decay = decay
        self.floor = floor
        self.center = center
    }
}

/// Heavy-tailed noise of Student's t distribution.
package struct StudentTNoiseSpec: Equatable, Sendable {
    package var scale: Double
    package var degreesOfFreedom: Double

    package init(scale: Double, degreesOfFreedom: Double = 3) {
        self.scale = scale
        self.degreesOfFreedom = degreesOfFreedom
    }
}

/// A pixel, counted from the top left corner.
package struct PixelPoint: Equatable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}
