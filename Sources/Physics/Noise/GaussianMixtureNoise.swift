/// Additive noise, independent from element to element, that is a mixture of Gaussians.
package protocol GaussianMixtureNoise: NoiseModel {
    /// What one element is a mixture of.
    var mixture: GaussianMixture { get }
}
