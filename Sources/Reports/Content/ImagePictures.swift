package import Images

/// The pictures that a report shows side by side.
package struct ImagePictures: Equatable, Sendable {
    package let truth: Picture?
    /// Nil where the measurement is no picture.
    package let measurement: Picture?
    package let restored: Picture
    /// The part that was taken out: y - f(x) of the restored x, where it is a picture.
    package let noise: SignedPicture?
    /// The restored picture minus the truth.
    package let error: SignedPicture?
    /// How much samples differ, and some of them; nil for solvers that do not sample.
    package let deviation: SpreadPicture?
    package let samples: Picture?

    package init(
        truth: Picture? = nil, measurement: Picture?, restored: Picture, noise: SignedPicture?,
        error: SignedPicture? = nil, deviation: SpreadPicture? = nil, samples: Picture? = nil
    ) {
        self.truth = truth
        self.measurement = measurement
        self.restored = restored
        self.noise = noise
        self.error = error
        self.deviation = deviation
        self.samples = samples
    }
}
