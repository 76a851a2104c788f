package import Tensors

/// Gaussian noise whose σ is the same all over a sample, and another one in every sample.
package struct GaussianLevels: GaussianNoiseModel {
    /// σ of every sample.
    package let levels: [Double]

    /// - Throws: `PhysicsError` when a level is not positive.
    package init(_ levels: [Double]) throws(PhysicsError) {
        for level in levels { _ = try level.checkedAsDeviation("std", in: "Gaussian noise") }
        self.levels = levels
    }

    private init(unchecked levels: [Double]) {
        self.levels = levels
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        let axes = Array(repeating: 1, count: measurement.shape.count - 1)
        return try Tensor(levels, shape: [levels.count] + axes)
            .converted(to: measurement.dataType()).moved(to: measurement.device())
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        GaussianLevels(unchecked: samples.map { levels[$0] })
    }
}
