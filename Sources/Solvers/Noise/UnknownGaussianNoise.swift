package import Physics
package import Tensors

/// Gaussian noise of the same σ all over a picture, which is estimated together with the picture.
///
/// The likelihood of σ, given f(x), is largest at the root of the mean square of y − f(x).
package struct UnknownGaussianNoise: GaussianNoiseModel, UnknownNoise {
    /// What it is taken for where nobody estimates it.
    package static let assumedStd = 0.1
    /// Below, the likelihood of a picture that repeats the measurement would have no bound.
    private static let leastStd = 0.002

    package init() {}

    package var rounds: Int { 3 }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try .full([1], Self.assumedStd, measurement.dataType(), on: measurement.device())
    }

    /// σ from the finest diagonal details, of which pictures have few: the median of their
    /// magnitudes over 0.6745.
    ///
    /// Donoho, Johnstone 1994, section 2.4: for a wavelet of two pixels in both directions. Of a
    /// measurement that is no picture, a tenth of its root mean square.
    package func guess(_ problem: Problem) throws -> any NoiseModel {
        let y = problem.measurement
        guard y.shape.count == 4, y.shape[2] >= 8, y.shape[3] >= 8 else {
            return try levels(ofSquares: y.square(), scale: 0.1)
        }
        let (height, width) = (y.shape[2] / 2 * 2, y.shape[3] / 2 * 2)
        let even = try y.slice(0..<height, along: 2).slice(0..<width, along: 3)
        let rows = try even.every(2, from: 0, along: 2) - even.every(2, from: 1, along: 2)
        let details = try (rows.every(2, from: 0, along: 3) - rows.every(2, from: 1, along: 3)) / 2
        let medians = try (0..<y.shape[0]).map { sample in
            let sizes = try details.element(sample).magnitude().doubles().sorted()
            return max(sizes[sizes.count / 2] / 0.6745, Self.leastStd)
        }
        return try GaussianLevels(medians)
    }

    package func found(_ problem: Problem, given clean: Tensor) throws -> any NoiseModel {
        try levels(ofSquares: (problem.measurement - clean).square(), scale: 1)
    }

    package func findings(of noise: any NoiseModel) -> [Solution.Finding] {
        (noise as? GaussianLevels)?.levels.map { .deviation($0) } ?? []
    }

    private func levels(ofSquares squares: Tensor, scale: Double) throws -> GaussianLevels {
        let count = Double(squares.shape.dropFirst().reduce(1, *))
        return try GaussianLevels(
            squares.sumPerSample().doubles().map {
                max(scale * ($0 / count).squareRoot(), Self.leastStd)
            })
    }
}
