package import Tensors

/// Gaussian noise of the same σ everywhere.
package struct GaussianNoise: GaussianNoiseModel {
    package let std: Double

    /// Noise with the standard deviation `std`.
    ///
    /// - Throws: `PhysicsError` when it is not positive.
    package init(std: Double) throws(PhysicsError) {
        self.std = try std.checkedAsDeviation("std", in: "Gaussian noise")
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try .full([1], std, measurement.dataType(), on: measurement.device())
    }
}
