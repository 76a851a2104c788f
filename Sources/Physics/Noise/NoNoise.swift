package import Tensors

/// Exact measurements, treated as if they had Gaussian noise too small to see.
package struct NoNoise: GaussianNoiseModel {
    /// The σ that densities are evaluated with.
    package static let assumedStd = 0.001

    package init() {}

    package var character: NoiseCharacter { .exact }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor { clean }

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try .full([1], Self.assumedStd, measurement.dataType(), on: measurement.device())
    }
}
