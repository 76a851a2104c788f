package import Tensors

/// How often every pixel of pictures that come in batches had each of the 256 levels of a picture file.
///
/// A mean and a deviation do not say between which ends a pixel lies whose truth is the very end of the
/// scale, such as the white of paper; levels do, whatever the distribution.
package struct LevelHistogram {
    private static let levels = 256

    /// `[channel, height, width]`.
    private var shape: [Int] = []
    /// How often, for every pixel and level.
    private var counts: [UInt32] = []
    private var drawn = 0

    /// Of no picture.
    package init() {}

    /// Adds the pictures `[chain, channel, height, width]`; what lies outside of [0, 1] counts at its end.
    ///
    /// - Throws: `TorchError` when memory is short.
    package mutating func add(_ pictures: Tensor) throws(TorchError) {
        let values = try pictures.floats()
        drawn += pictures.shape[0]
        if counts.isEmpty {
            shape = Array(pictures.shape.dropFirst())
            counts = Array(repeating: 0, count: shape.reduce(1, *) * Self.levels)
        }
        var pixel = 0
        for value in values {
            counts[pixel + Self.level(of: value)] += 1
            pixel += Self.levels
            if pixel == counts.count { pixel = 0 }
        }
    }

    /// The lowest and the highest level, on the [0, 1] scale, between which every pixel lies with a
    /// probability, `[2, channel, height, width]`.
    ///
    /// Outside are at most (1 − p) / 2 of what was drawn at either end, so that a pixel that has one level
    /// more often than not is sooner within than p says.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func interval(of probability: Double) throws(TorchError) -> Tensor {
        // A tenth is not quite a tenth in binary numbers.
        let outside = UInt32(Double(drawn) * (1 - probability) / 2 + 1e-6)
        let starts = stride(from: 0, to: counts.count, by: Self.levels)
        let lower = starts.map { Self.end(of: counts[$0..<$0 + Self.levels], outside) }
        let upper = starts.map {
            Self.levels - 1 - Self.end(of: counts[$0..<$0 + Self.levels].reversed(), outside)
        }
        let top = Float(Self.levels - 1)
        return try Tensor((lower + upper).map { Float($0) / top }, shape: [2] + shape)
    }

    /// How many levels come before more than `outside` are left out.
    private static func end(of counts: some Sequence<UInt32>, _ outside: UInt32) -> Int {
        var passed: UInt32 = 0
        var level = 0
        for count in counts {
            passed += count
            if passed > outside { return level }
            level += 1
        }
        return levels - 1
    }

    /// The level that a picture file would have; of what is no number 0.
    private static func level(of value: Float) -> Int {
        value > 0 ? Int((min(value, 1) * Float(levels - 1)).rounded()) : 0
    }
}
