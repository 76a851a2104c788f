package import Physics
package import Tensors

/// Gaussian noise of the same σ all over a picture, which nobody knows.
///
/// What the channels of a picture differ by has next to no finest details but those of the noise:
/// σ of pictures with colours, and enough pixels, is known before anything is restored. Where there
/// are no colours σ is estimated together with the picture, from the details d of the measurement
/// and d̂ of what would have been measured of the picture:
///
///     σ² = mean of d (d − d̂)
///
/// It is so for the mean of all pictures that may be behind the measurement, whatever part of the
/// noise that keeps; the mean of (d − d̂)² is too small by what it keeps.
package struct UnknownGaussianNoise: GaussianNoiseModel, UnknownNoise {
    /// What it is taken for where nobody estimates it.
    package static let assumedStd = 0.1
    /// Below, the likelihood of a picture that repeats the measurement would have no bound.
    private static let leastStd = 0.002
    /// So many details give σ to two hundredths.
    private static let enoughDetails = 1000

    /// Channels, height and width of a measurement that is a picture; empty when that is not known.
    private let measurementShape: [Int]

    package init(measurementShape: [Int] = []) {
        self.measurementShape = measurementShape
    }

    /// Whether the measurement alone says what σ is.
    private var isSeen: Bool {
        measurementShape.count == 3 && min(measurementShape[1], measurementShape[2]) >= 8
            && (measurementShape[0] - 1) * (measurementShape[1] / 2) * (measurementShape[2] / 2)
                >= Self.enoughDetails
    }

    package var rounds: Int { isSeen ? 1 : 3 }

    package func validate(_ shape: [Int]) throws(PhysicsError) {}

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try .full([1], Self.assumedStd, measurement.dataType(), on: measurement.device())
    }

    /// σ from the finest diagonal details, of what channels differ by where that is enough: the
    /// median of their magnitudes over 0.6745, and from there the root of their mean square
    /// without those that are further out than noise is.
    ///
    /// Donoho, Johnstone 1994, section 2.4. Of a measurement that is no picture, a tenth of its root
    /// mean square.
    package func guess(_ problem: Problem) throws -> any NoiseModel {
        let y = problem.measurement
        guard Self.isPicture(y) else { return try levels(ofSquares: y.square(), scale: 0.1) }
        let seen = try isSeen ? FineDetails.contrasts(of: y) ?? y : y
        let details = try FineDetails.diagonals(everywhereIn: seen)
        return try GaussianLevels(
            (0..<y.shape[0]).map { sample in
                let sizes = try details.element(sample).magnitude().doubles().sorted()
                let median = FineDetails.deviation(ofSorted: sizes)
                return max(isSeen ? Self.trimmed(sizes, from: median) : median, Self.leastStd)
            })
    }

    /// The deviation of Gaussian values of which those beyond three deviations are left out.
    private static func trimmed(_ sizes: [Double], from start: Double) -> Double {
        // The deviation of what is left of a normal distribution.
        let remaining = 0.9866
        return (0..<10).reduce(start) { std, _ in
            let kept = sizes.prefix { $0 <= 3 * std }
            guard !kept.isEmpty else { return std }
            return (kept.reduce(0) { $0 + $1 * $1 } / Double(kept.count)).squareRoot() / remaining
        }
    }

    private static func isPicture(_ y: Tensor) -> Bool {
        y.shape.count == 4 && y.shape[2] >= 8 && y.shape[3] >= 8
    }

    package func found(_ problem: Problem, given clean: Tensor) throws -> any NoiseModel {
        let y = problem.measurement
        guard Self.isPicture(y) else {
            return try levels(ofSquares: (y - clean).square(), scale: 1)
        }
        let (measured, expected) = (try FineDetails(y), try FineDetails(clean))
        var sums = Array(repeating: 0.0, count: y.shape[0])
        for (d, other) in zip(
            [measured.diagonal] + measured.others, [expected.diagonal] + expected.others)
        {
            let means = try (d * (d - other)).mean(over: [1, 2, 3]).doubles()
            for sample in sums.indices { sums[sample] += means[sample] / 3 }
        }
        return try GaussianLevels(sums.map { max(max($0, 0).squareRoot(), Self.leastStd) })
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
