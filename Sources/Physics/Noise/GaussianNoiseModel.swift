import Glibc
package import Tensors

/// Additive Gaussian noise, independent from element to element, with a map of its σ.
///
///     log pΔ(δ) = Σ −½ (δ/σ)² − log σ − ½ log 2π
package protocol GaussianNoiseModel: NoiseModel {
    /// σ of every element, in a shape that can be repeated to that of `measurement`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor
}

extension GaussianNoiseModel {
    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { .gaussian }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        let std = try standardDeviation(of: measurement)
        let count = Double(measurement.shape.dropFirst().reduce(1, *))
        let width = try std.log().expanded(to: measurement.shape).sumPerSample()
        let square = try ((measurement - clean) / std).square().sumPerSample()
        return try square * -0.5 - width - 0.5 * count * log(2 * Double.pi)
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        let noise = try generator.normal(clean.shape, clean.dataType(), on: clean.device())
        return try clean + noise * standardDeviation(of: clean)
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try standardDeviation(of: measurement)
    }

    package func softened(to floor: Double) -> any NoiseModel {
        FlooredNoise(self, floor: floor)
    }
}
