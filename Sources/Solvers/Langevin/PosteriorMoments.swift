import Tensors

/// Mean and standard deviation of pictures that come in batches, without keeping them.
///
/// Chan, Golub, LeVeque 1979: batches are joined by their means and sums of squares.
struct PosteriorMoments {
    /// `[channel, height, width]`.
    private(set) var mean: Tensor?
    /// The sum of the squared distances from the mean.
    private var squares: Tensor?
    private var count = 0

    /// Adds the pictures `[chain, channel, height, width]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    mutating func add(_ pictures: Tensor) throws(TorchError) {
        let added = pictures.shape[0]
        let center = try pictures.mean(over: [0])
        let spread = try (pictures - center).square().sum(over: [0])
        guard let mean, let squares else {
            (self.mean, self.squares, count) = (center, spread, added)
            return
        }
        let total = Double(count + added)
        let distance = try center - mean
        self.mean = try mean + distance * (Double(added) / total)
        self.squares =
            try squares + spread
            + distance.square() * (Double(count) * Double(added) / total)
        count += added
    }

    /// The standard deviation of every pixel, nil before there are two pictures.
    ///
    /// - Throws: `TorchError` when memory is short.
    func deviation() throws(TorchError) -> Tensor? {
        guard count > 1, let squares else { return nil }
        return try (squares * (1 / Double(count - 1))).sqrt()
    }
}
