/// Gaussian noise of a known shape, with one number that says how strong it is.
///
///     σ = amplitude · shape, but for where that is held within bounds
package protocol AmplifiedNoise: GaussianNoiseModel {
    /// What the standard deviations are multiplied by.
    var amplitude: Double { get }

    /// The same noise of another strength.
    ///
    /// - Throws: `PhysicsError` when `amplitude` is not positive and finite.
    func amplified(to amplitude: Double) throws(PhysicsError) -> Self
}

extension GaussianNoise: AmplifiedNoise {
    package var amplitude: Double { std }

    package func amplified(to amplitude: Double) throws(PhysicsError) -> GaussianNoise {
        try GaussianNoise(std: amplitude)
    }
}

extension SineNoise: AmplifiedNoise {
    package func amplified(to amplitude: Double) throws(PhysicsError) -> SineNoise {
        try SineNoise(amplitude: amplitude, period: period, axis: axis, floor: floor)
    }
}

extension RadialNoise: AmplifiedNoise {
    package func amplified(to amplitude: Double) throws(PhysicsError) -> RadialNoise {
        try RadialNoise(amplitude: amplitude, decay: decay, floor: floor, center: center)
    }
}
