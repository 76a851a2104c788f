package import Tensors

/// A sum of independent additive noises: what holds of it whatever its density.
package protocol CompositeNoise: NoiseModel {
    /// At least one.
    var parts: [any NoiseModel] { get }
}

extension CompositeNoise {
    package var isAdditive: Bool { true }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        for part in parts { try part.validate(shape) }
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        var sum = clean
        for part in parts { sum = try part.sample(given: sum, from: &generator) }
        return sum
    }

    /// √Σ σᵢ²: variances add.
    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        var variance = try parts[0].deviation(of: measurement).square()
        for part in parts.dropFirst() {
            variance = try variance + part.deviation(of: measurement).square()
        }
        return try variance.sqrt()
    }
}
