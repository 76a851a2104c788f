import Tensors

/// How strong noise of a known shape is in values that each have their part of it.
///
/// Only values that have a good part count: in the others there is more of the picture than of the noise.
struct NoiseStrength {
    /// A fifth of the largest deviation.
    private static let leastPart = 0.2 * 0.2

    /// The variance of each value for an amplitude of 1, `[1, …]`.
    private let variances: Tensor
    /// Whether each counts, row by row.
    private let isStrong: [Bool]
    /// How many count.
    let count: Int

    /// - Parameters:
    ///   - variances: of each value for an amplitude of 1, `[1, …]`.
    ///   - share: how much of each value is measured, like `variances`; nil is all. What is not wholly
    ///     measured shows the borders of what is, and does not count.
    /// - Throws: `TorchError` when memory is short.
    init(_ variances: Tensor, whole share: Tensor? = nil) throws(TorchError) {
        self.variances = variances
        let values = try variances.doubles()
        let shares = try share?.doubles() ?? values.map { _ in 1 }
        let whole = zip(values, shares).map { $1 > 0.999 ? $0 : 0 }
        let least = (whole.max() ?? 0) * Self.leastPart
        isStrong = whole.map { $0 >= least && $0 > 0 }
        count = isStrong.count { $0 }
    }

    /// The magnitudes that `values` of one sample have for an amplitude of 1, of those that count.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func sizes(of values: Tensor) throws(TorchError) -> [Double] {
        let sizes = try (values / variances.element(0).sqrt()).magnitude().doubles()
        return zip(sizes, isStrong).compactMap { $1 ? $0 : nil }
    }

    /// The square of the amplitude of every sample, given values `[batch, …]` whose means are those of
    /// squares.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func squares(in values: Tensor) throws(TorchError) -> [Double] {
        let rest = try Tensor(isStrong.map { $0 ? 1.0 : 0 }, shape: variances.shape)
            .converted(to: values.dataType()).moved(to: values.device())
        // What does not count may have no variance at all.
        let part = try (values / (variances + (1 - rest))) * rest
        return try part.sumPerSample().doubles().map { $0 / Double(max(count, 1)) }
    }

    /// The deviation of Gaussian values of which those beyond three deviations are left out.
    ///
    /// - Parameters:
    ///   - sizes: their magnitudes, which increase.
    ///   - start: about what it is.
    /// - Returns: the deviation.
    static func trimmed(_ sizes: [Double], from start: Double) -> Double {
        // The deviation of what is left of a normal distribution.
        let remaining = 0.9866
        return (0..<10).reduce(start) { std, _ in
            let kept = sizes.prefix { $0 <= 3 * std }
            guard !kept.isEmpty else { return std }
            return (kept.reduce(0) { $0 + $1 * $1 } / Double(kept.count)).squareRoot() / remaining
        }
    }
}
