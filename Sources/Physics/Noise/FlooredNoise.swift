package import Tensors

/// Gaussian noise with no σ below a floor.
package struct FlooredNoise: GaussianNoiseModel {
    let original: any GaussianNoiseModel
    let floor: Double

    package init(_ original: any GaussianNoiseModel, floor: Double) {
        self.original = original
        self.floor = floor
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        try original.validate(shape)
    }

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try original.standardDeviation(of: measurement).clamped(floor, .infinity)
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        original.selecting(samples).softened(to: floor)
    }
}
