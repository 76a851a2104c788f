package import Physics
package import Tensors

/// Gaussian noise of a known shape and a strength that nobody knows: σ where it is the same all over a
/// picture, else the amplitude of its shape.
///
/// What the channels of a picture differ by has next to no finest details but those of the noise:
/// the strength in pictures with colours, and enough pixels, is known before anything is restored.
/// Where there are no colours it is estimated together with the picture, from the details d of the
/// measurement and d̂ of what would have been measured of the picture, s being the deviation of
/// d for an amplitude of 1:
///
///     amplitude² = mean of d (d − d̂) / s²
///
/// It is so for the mean of all pictures that may be behind the measurement, whatever part of the
/// noise that keeps; the mean of (d − d̂)² is too small by what it keeps.
package struct UnknownGaussianNoise: GaussianNoiseModel, UnknownNoise {
    /// What its amplitude is taken for where nobody estimates it.
    package static let assumedStd = 0.1
    /// Below, the likelihood of a picture that repeats the measurement would have no bound.
    private static let leastStd = 0.002
    /// So many details give the strength to three hundredths.
    private static let enoughDetails = 500
    /// With fewer even the median is nothing but chance.
    private static let fewestDetails = 16

    /// The noise with the amplitude that is assumed; nil is the same σ all over.
    private let shape: (any AmplifiedNoise)?
    /// Whether the measurement alone says how strong it is.
    private let isSeen: Bool

    /// Noise of the same σ all over a measurement.
    ///
    /// - Parameter measurementShape: channels, height and width of a measurement that is a picture;
    ///   empty when that is not known.
    package init(measurementShape: [Int] = []) {
        shape = nil
        guard measurementShape.count == 3, min(measurementShape[1], measurementShape[2]) >= 8 else {
            isSeen = false
            return
        }
        let pixels = (measurementShape[1] / 2) * (measurementShape[2] / 2)
        isSeen = (measurementShape[0] - 1) * pixels >= Self.enoughDetails
    }

    /// Noise like `noise` in all but its amplitude.
    ///
    /// - Throws: `PhysicsError` when measurements of that shape cannot have it, `TorchError`.
    package init(like noise: any AmplifiedNoise, measurementShape: [Int]) throws {
        try noise.validate(measurementShape)
        shape = try noise.amplified(to: Self.assumedStd)
        guard measurementShape.count == 3, min(measurementShape[1], measurementShape[2]) >= 8,
            measurementShape[0] > 1
        else {
            isSeen = false
            return
        }
        let y = try Tensor.zeros([1] + measurementShape, .float64)
        let variances = try Self.variances(noise, y)
        let contrasts = try FineDetails.contrasts(ofVariances: variances) ?? variances
        isSeen = try NoiseStrength(FineDetails.means(of: contrasts)).count >= Self.enoughDetails
    }

    /// σ² for the amplitude 1, like `y` with one sample.
    private static func variances(_ noise: (any AmplifiedNoise)?, _ y: Tensor) throws -> Tensor {
        let one = [1] + Array(y.shape.dropFirst())
        guard let noise else { return try .full(one, 1, y.dataType(), on: y.device()) }
        return try noise.amplified(to: 1).standardDeviation(of: y).square().expanded(to: one)
    }

    package var rounds: Int { isSeen ? 1 : 3 }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        try self.shape?.validate(shape)
    }

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        if let shape { return try shape.standardDeviation(of: measurement) }
        return try .full([1], Self.assumedStd, measurement.dataType(), on: measurement.device())
    }

    /// The strength from the finest diagonal details, of what channels differ by where that is
    /// enough: the median of their magnitudes over 0.6745, and from there the root of their mean
    /// square without those that are further out than noise is.
    ///
    /// Donoho, Johnstone 1994, section 2.4. Of a measurement that is no picture, a tenth of its root
    /// mean square.
    package func guess(_ problem: Problem) throws -> any NoiseModel {
        let y = problem.measurement
        guard Self.isPicture(y) else {
            return try levels(try y.square().mean(over: Self.axes(y)).doubles().map { $0 / 100 })
        }
        func seen(_ variances: Tensor) throws -> Tensor {
            let own = try isSeen ? FineDetails.contrasts(ofVariances: variances) : nil
            return try FineDetails.means(everywhereIn: own ?? variances)
        }
        let contrasts = try isSeen ? FineDetails.contrasts(of: y) : nil
        let details = try FineDetails.diagonals(everywhereIn: contrasts ?? y)
        let strength = try NoiseStrength(
            seen(Self.variances(shape, y)), whole: seen(problem.measuredShare))
        guard strength.count >= Self.fewestDetails else {
            throw SolverError(
                .unfitOperator(
                    "too few neighbouring values are measured to tell how strong the noise is",
                    remedy: "name its strength instead of estimate"), in: "noise")
        }
        return try levels(
            (0..<y.shape[0]).map { sample in
                let sizes = try strength.sizes(of: details.element(sample)).sorted()
                let median = FineDetails.deviation(ofSorted: sizes)
                let std = isSeen ? NoiseStrength.trimmed(sizes, from: median) : median
                return std * std
            })
    }

    private static func isPicture(_ y: Tensor) -> Bool {
        y.shape.count == 4 && y.shape[2] >= 8 && y.shape[3] >= 8
    }

    /// The axes of one sample.
    private static func axes(_ y: Tensor) -> [Int] { Array(1..<y.shape.count) }

    package func found(_ problem: Problem, given clean: Tensor) throws -> any NoiseModel {
        let y = problem.measurement
        let variances = try Self.variances(shape, y)
        let share = try problem.measuredShare
        guard Self.isPicture(y) else {
            let strength = try NoiseStrength(variances, whole: share)
            return try levels(strength.squares(in: (y - clean).square()))
        }
        let (measured, expected) = (try FineDetails(y), try FineDetails(clean))
        let strength = try NoiseStrength(
            FineDetails.means(of: variances), whole: FineDetails.means(of: share))
        var sums = Array(repeating: 0.0, count: y.shape[0])
        for (d, other) in zip(
            [measured.diagonal] + measured.others, [expected.diagonal] + expected.others)
        {
            let squares = try strength.squares(in: d * (d - other))
            for sample in sums.indices { sums[sample] += squares[sample] / 3 }
        }
        return try levels(sums)
    }

    package func findings(of noise: any NoiseModel) -> [Solution.Finding] {
        if let levels = noise as? AmplifiedLevels {
            return levels.amplitudes.map { .amplitude($0) }
        }
        return (noise as? GaussianLevels)?.levels.map { .deviation($0) } ?? []
    }

    /// The noise of the given strengths, squared.
    private func levels(_ squares: [Double]) throws(PhysicsError) -> any NoiseModel {
        let levels = squares.map { max(max($0, 0).squareRoot(), Self.leastStd) }
        guard let shape else { return try GaussianLevels(levels) }
        return try AmplifiedLevels(shape, levels)
    }
}

extension Problem {
    /// 1 where a value is measured, 0 where it is not, like the measurement of one picture.
    fileprivate var measuredShare: Tensor {
        get throws(TorchError) {
            let one = try measurement.slice(0..<1, along: 0).filled(with: 1)
            return try forward.measuredPart(of: one)
        }
    }
}
