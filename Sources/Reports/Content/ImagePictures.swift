package import Images

/// The pictures that a report shows side by side.
package struct ImagePictures: Equatable, Sendable {
    package let truth: Picture?
    /// Nil where the measurement is no picture.
    package let measurement: Picture?
    package let restored: Picture
    /// The part that was taken out, where it is a picture: the noise that was looked for, or else
    /// y - f(x) of the restored x.
    package let noise: SignedPicture?
    /// What was added, where that is known; on the scale of `noise`.
    package let trueNoise: SignedPicture?
    /// The restored picture minus the truth.
    package let error: SignedPicture?
    /// How much samples differ, and some of them; nil for solvers that do not sample.
    package let deviation: SpreadPicture?
    package let samples: Picture?

    package init(
        truth: Picture? = nil, measurement: Picture?, restored: Picture, noise: SignedPicture?,
        trueNoise: SignedPicture? = nil, error: SignedPicture? = nil,
        deviation: SpreadPicture? = nil, samples: Picture? = nil
    ) {
        self.truth = truth
        self.measurement = measurement
        self.restored = restored
        self.noise = noise
        self.trueNoise = trueNoise
        self.error = error
        self.deviation = deviation
        self.samples = samples
    }
}
