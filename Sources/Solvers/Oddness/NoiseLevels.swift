import Physics
package import Tensors

/// Between which strengths of noise on pixels taking out would be as hard as a problem is.
///
/// It is one strength where every pixel is measured by itself with the same noise. Where pixels are
/// blurred, mixed or missing nobody knows more than that it is no easier than with the least noise.
package struct NoiseLevels: Sendable, Equatable {
    /// A standard deviation on the [0, 1] scale.
    package let lowest: Double
    /// Infinite where something of the picture may not be seen at all.
    package let highest: Double

    package init(lowest: Double, highest: Double) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Whether so much may be unseen that the picture is what the prior likes best.
    package var isOpen: Bool { highest == .infinity }

    /// Whether it is one strength.
    package var isKnown: Bool { highest <= lowest * 1.01 }

    /// Some strengths between, `most` and those below included.
    package func steps(upTo most: Double, count: Int = 16) -> [Double] {
        let (start, end) = (min(lowest, most), min(highest, most))
        guard end > start * 1.01 else { return [start] }
        return (0...count).map { start + (end - start) * Double($0) / Double(count) }
    }
}

extension Problem {
    /// The levels of every picture.
    ///
    /// - Parameters:
    ///   - imageShape: channels, height and width of the pictures.
    ///   - found: the standard deviation of noise that nobody knew, for every picture.
    /// - Returns: one for every picture.
    /// - Throws: `TorchError` when the shape does not fit.
    package func noiseLevels(
        imageShape: [Int], found: [Double]? = nil
    ) throws(TorchError) -> [NoiseLevels] {
        let sight = try Sight(of: self, imageShape: imageShape)
        guard sight == .pixels || sight == .somePixels else {
            return pictures.map { _ in NoiseLevels(lowest: 0, highest: .infinity) }
        }
        let gains = try gains()
        let sizes = try strengths(found, gains)
        let isEvery = sight == .pixels && !noise.character.isLearned && gains != nil
        return sizes.map { least, most in
            NoiseLevels(
                lowest: noise.character == .heavyTailed ? least / 2 : least,
                highest: isEvery ? most : .infinity)
        }
    }

    /// The smallest and the largest deviation of every picture, in units of pixels.
    private func strengths(
        _ found: [Double]?, _ gains: Tensor?
    ) throws(TorchError) -> [(least: Double, most: Double)] {
        if let found { return found.map { ($0, $0) } }
        let deviations = try noise.deviation(of: measurement).expanded(to: measurement.shape)
        let scaled =
            try gains.map { (gains) throws(TorchError) in try deviations / gains } ?? deviations
        var strengths: [(least: Double, most: Double)] = []
        for picture in pictures.indices {
            let values = try scaled.element(picture)
            strengths.append((try values.smallest().item(), try values.largest().item()))
        }
        return strengths
    }

    /// How much larger every pixel is measured than it is, nil where some are not measured.
    private func gains() throws(TorchError) -> Tensor? {
        guard let linear = forward as? any LinearOperator,
            let diagonal = try linear.diagonal(like: measurement)?.magnitude(),
            try diagonal.smallest().item() > 0
        else { return nil }
        return diagonal
    }
}
