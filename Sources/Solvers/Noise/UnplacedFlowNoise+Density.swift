package import Physics
package import Tensors

/// As a density it is noise with the patches in some of the places that they may have.
extension UnplacedFlowNoise {
    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { .learned }

    /// As a density, the patches lie in the first of the places that they may have.
    private func assumed(_ count: Int) -> FlowNoise {
        noise.placing(
            Array(repeating: corners.compactMap { candidates(in: $0).first }, count: count))
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        guard shape == measurementShape else {
            throw PhysicsError(
                .shape(shape, expected: "\(measurementShape)"), in: "noise of a model")
        }
    }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        try assumed(measurement.shape[0]).logDensity(measurement, given: clean)
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        try assumed(clean.shape[0]).sample(given: clean, from: &generator)
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try assumed(measurement.shape[0]).deviation(of: measurement)
    }

    package func softened(to floor: Double) -> any NoiseModel { self }
}
