/// One step of a measurement.
package enum ForwardSpec: Equatable, Sendable {
    case identity
    /// Every value times a factor.
    case scale(Double)
    case mask(MaskSpec)
    case blur(BlurSpec)
    case downsample(DownsampleSpec)
    case randomMatrix(RandomMatrixSpec)
    /// Times the matrix in an NPY file.
    case matrix(file: String)
    case sign(SignGradient)
    /// Rounded to so many bits.
    case quantize(bits: Int)
    /// The Fourier coefficients that a mask keeps.
    case fourier(MaskSpec)
    /// The mean of the colours.
    case grayscale
}

/// Which pixels are measured.
package enum MaskSpec: Equatable, Sendable {
    /// All but a square of so many pixels in the middle.
    case center(Int)
    /// All but a rectangle.
    case box(PixelRectangle)
    /// Those that are white in a picture.
    case image(String)
    /// A random fraction.
    case keep(fraction: Double, seed: UInt64)
}

/// The gradient that stands in for that of the sign, which is zero.
package enum SignGradient: String, CaseIterable, Sendable {
    /// Of the identity.
    case identity
    /// Of the identity within ±1 and 0 outside.
    case clipped
}

/// A reduction of the number of pixels.
package struct DownsampleSpec: Equatable, Sendable {
    package enum Filter: String, CaseIterable, Sendable {
        case box, bilinear, bicubic, lanczos
    }

    package var factor: Int
    package var filter: Filter

    package init(factor: Int, filter: Filter = .box) {
        self.factor = factor
        self.filter = filter
    }
}

/// A matrix of independent normal entries.
package struct RandomMatrixSpec: Equatable, Sendable {
    package enum Scaling: String, CaseIterable, Sendable {
        /// Entries of variance 1.
        case unit
        /// Entries of variance 1/m for m measurements.
        case normalized
    }

    /// The number of rows.
    package var measurements: Int
    package var scaling: Scaling
    package var seed: UInt64

    package init(measurements: Int, scaling: Scaling = .unit, seed: UInt64 = 0) {
        self.measurements = measurements
        self.scaling = scaling
        self.seed = seed
    }
}
