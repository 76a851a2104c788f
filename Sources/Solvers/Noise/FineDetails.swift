import Tensors

/// The finest details of a picture, of which there is little but noise.
///
/// Haar wavelets of two pixels in both directions, of norm 1, so that white noise of deviation σ has
/// details of deviation σ. Odd last rows and columns are left out.
struct FineDetails {
    /// Diagonal, of which pictures have the least.
    let diagonal: Tensor
    /// Between rows, and between columns.
    let others: [Tensor]

    /// The details of `picture`, `[batch, channel, height, width]`, each of half its size.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    init(_ picture: Tensor) throws(TorchError) {
        let (height, width) = (picture.shape[2] / 2 * 2, picture.shape[3] / 2 * 2)
        let even = try picture.slice(0..<height, along: 2).slice(0..<width, along: 3)
        let (upper, lower) = (
            try even.every(2, from: 0, along: 2), try even.every(2, from: 1, along: 2)
        )
        let (difference, sum) = (try upper - lower, try upper + lower)
        func halves(_ rows: Tensor) throws(TorchError) -> (left: Tensor, right: Tensor) {
            (try rows.every(2, from: 0, along: 3), try rows.every(2, from: 1, along: 3))
        }
        let (a, b) = (try halves(difference), try halves(sum))
        diagonal = try (a.left - a.right) / 2
        others = [try (a.left + a.right) / 2, try (b.left - b.right) / 2]
    }

    /// The diagonal details of all places, one pixel from each other: they are not independent, but
    /// say more than those of every other.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    static func diagonals(everywhereIn picture: Tensor) throws(TorchError) -> Tensor {
        let (height, width) = (picture.shape[2], picture.shape[3])
        let rows =
            try picture.slice(0..<height - 1, along: 2) - picture.slice(1..<height, along: 2)
        return try (rows.slice(0..<width - 1, along: 3) - rows.slice(1..<width, along: 3)) / 2
    }

    /// The variances of details of independent pixels with the given `variances`: the means of squares
    /// of four, like `init`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    static func means(of variances: Tensor) throws(TorchError) -> Tensor {
        let (height, width) = (variances.shape[2] / 2 * 2, variances.shape[3] / 2 * 2)
        return try variances.slice(0..<height, along: 2).slice(0..<width, along: 3)
            .averagePooled(2)
    }

    /// The same for those of `diagonals(everywhereIn:)`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    static func means(everywhereIn variances: Tensor) throws(TorchError) -> Tensor {
        let (height, width) = (variances.shape[2], variances.shape[3])
        let rows =
            try variances.slice(0..<height - 1, along: 2) + variances.slice(1..<height, along: 2)
        return try (rows.slice(0..<width - 1, along: 3) + rows.slice(1..<width, along: 3)) / 4
    }

    /// σ of Gaussian values by the median of their `sizes`, which increase: median / 0.6745.
    static func deviation(ofSorted sizes: [Double]) -> Double { sizes[sizes.count / 2] / 0.6745 }

    /// What the channels of `picture` differ by, one channel fewer and of the same noise; nil for
    /// pictures of one channel.
    ///
    ///     (x₀ + … + xⱼ₋₁ − j xⱼ) / √(j (j + 1))
    ///
    /// - Throws: `TorchError` when memory is short.
    static func contrasts(of picture: Tensor) throws(TorchError) -> Tensor? {
        guard picture.shape[1] > 1 else { return nil }
        var planes: [Tensor] = []
        for channel in 1..<picture.shape[1] {
            let before = try picture.slice(0..<channel, along: 1)
                .sum(over: [1], keepingAxes: true)
            let own = try picture.slice(channel..<channel + 1, along: 1)
            let count = Double(channel)
            planes.append(try (before - own * count) / (count * (count + 1)).squareRoot())
        }
        return try .concatenated(planes, along: 1)
    }

    /// The variances of `contrasts(of:)` of independent pixels with the given `variances`; nil for one
    /// channel.
    ///
    ///     (v₀ + … + vⱼ₋₁ + j² vⱼ) / (j (j + 1))
    ///
    /// - Throws: `TorchError` when memory is short.
    static func contrasts(ofVariances variances: Tensor) throws(TorchError) -> Tensor? {
        guard variances.shape[1] > 1 else { return nil }
        var planes: [Tensor] = []
        for channel in 1..<variances.shape[1] {
            let before = try variances.slice(0..<channel, along: 1)
                .sum(over: [1], keepingAxes: true)
            let own = try variances.slice(channel..<channel + 1, along: 1)
            let count = Double(channel)
            planes.append(try (before + own * (count * count)) / (count * (count + 1)))
        }
        return try .concatenated(planes, along: 1)
    }
}
