package import Tensors

/// The Gaussian that is as wide as another noise, wherever it is measured.
package struct GaussianWidth: GaussianNoiseModel {
    private let noise: any NoiseModel

    package init(_ noise: any NoiseModel) {
        self.noise = noise
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try noise.deviation(of: measurement)
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        GaussianWidth(noise.selecting(samples))
    }
}
