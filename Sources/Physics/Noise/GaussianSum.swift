package import Tensors

/// The sum of independent Gaussian noises: their variances add.
package struct GaussianSum: GaussianNoiseModel {
    let parts: [any GaussianNoiseModel]

    package init(_ parts: [any GaussianNoiseModel]) {
        precondition(!parts.isEmpty, "a sum has parts")
        self.parts = parts
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        for part in parts { try part.validate(shape) }
    }

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        var variance = try parts[0].standardDeviation(of: measurement).square()
        for part in parts.dropFirst() {
            variance = try variance + part.standardDeviation(of: measurement).square()
        }
        return try variance.sqrt()
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        NoiseSum.of(parts.map { $0.selecting(samples) })
    }
}
