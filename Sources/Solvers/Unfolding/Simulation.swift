package import Physics
package import Tensors

/// How pictures are measured that an unfolded network learns from.
package struct Simulation: Sendable {
    package let forward: any LinearOperator
    package let noise: any NoiseModel

    package init(forward: any LinearOperator, noise: any NoiseModel) {
        self.forward = forward
        self.noise = noise
    }

    /// Measurements of `pictures`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func measured(
        _ pictures: Tensor, from random: inout Generator
    ) throws(TorchError) -> Tensor {
        try forward.measuredPart(of: noise.sample(given: forward.apply(pictures), from: &random))
    }
}
