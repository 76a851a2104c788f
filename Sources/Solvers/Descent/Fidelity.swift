import Physics
import Tensors

/// How a solver judges what would have been measured of a picture.
enum Fidelity: Sendable {
    /// −log p(y | f(x)), in nats: by the density of the noise.
    case likelihood
    /// ‖y − f(x)‖², whatever the noise.
    case squares

    /// The misfit of every sample, `[batch]`.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func misfit(
        _ measurement: Tensor, _ clean: Tensor, _ noise: any NoiseModel
    ) throws(TorchError) -> Tensor {
        switch self {
        case .likelihood: try -noise.logDensity(measurement, given: clean)
        case .squares: try (measurement - clean).square().sumPerSample()
        }
    }
}
