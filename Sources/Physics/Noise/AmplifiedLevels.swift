package import Tensors

/// Gaussian noise of one shape that is stronger or weaker from sample to sample.
package struct AmplifiedLevels: GaussianNoiseModel {
    /// The noise of every sample.
    let parts: [any AmplifiedNoise]

    /// The strength of every sample.
    package var amplitudes: [Double] { parts.map(\.amplitude) }

    /// Noise like `noise` with an amplitude for every sample.
    ///
    /// - Throws: `PhysicsError` when an amplitude is not positive.
    package init(_ noise: any AmplifiedNoise, _ amplitudes: [Double]) throws(PhysicsError) {
        var parts: [any AmplifiedNoise] = []
        for amplitude in amplitudes { parts.append(try noise.amplified(to: amplitude)) }
        self.parts = parts
    }

    private init(unchecked parts: [any AmplifiedNoise]) {
        self.parts = parts
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        for part in parts { try part.validate(shape) }
    }

    /// The map of every sample, `[batch, …]`.
    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        let shape = Array(measurement.shape.dropFirst())
        var maps: [Tensor] = []
        for part in parts {
            let map = try part.standardDeviation(of: measurement)
            // As one number for all pixels, a row, a column or a picture.
            maps.append(map.shape == [1] ? map : try map.expanded(to: shape))
        }
        guard let first = maps.first else {
            return try .zeros([0] + shape, measurement.dataType(), on: measurement.device())
        }
        let axes = Array(repeating: 1, count: shape.count)
        let all = try Tensor.stacked(maps)
        return first.shape == [1] ? try all.reshaped(to: [maps.count] + axes) : all
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        AmplifiedLevels(unchecked: samples.map { parts[$0] })
    }
}
