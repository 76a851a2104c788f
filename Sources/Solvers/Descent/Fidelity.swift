import Physics
import Tensors

/// How a solver judges what would have been measured of a picture.
enum Fidelity: Sendable {
    /// −log p(y | f(x)), in nats: by the density of the noise.
    case likelihood
    /// ‖y − f(x)‖², whatever the noise.
    case squares

    /// The misfit of every sample, `[batch]`; with what is looked for of the noise, that
    /// of it too.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func misfit(
        _ measurement: Tensor, _ clean: Tensor, _ noise: any NoiseModel, with noises: [Tensor]
    ) throws(TorchError) -> Tensor {
        switch self {
        case .likelihood: try -noise.logDensity(measurement, given: clean, with: noises)
        case .squares: try (measurement - clean).square().sumPerSample()
        }
    }
}

extension NoiseModel {
    /// log p(y | f(x)), or log p(y, n₂, … | f(x)) where noise is looked for as well.
    fileprivate func logDensity(
        _ measurement: Tensor, given clean: Tensor, with noises: [Tensor]
    ) throws(TorchError) -> Tensor {
        if let separated = self as? SeparatedNoise, let variables = noises.first {
            return try separated.logDensity(measurement, given: clean, variables: variables)
        }
        guard let sum = self as? NoiseSum, !noises.isEmpty else {
            return try logDensity(measurement, given: clean)
        }
        return try sum.logDensity(measurement, given: clean, pictures: noises)
    }
}
