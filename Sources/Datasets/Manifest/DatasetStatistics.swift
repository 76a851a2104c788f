/// What the samples of an IDX file are like.
package struct DatasetStatistics: Codable, Equatable, Sendable {
    package struct Channel: Codable, Equatable, Sendable {
        /// Of the samples as they are, 0 to 255.
        package let minimum: Int
        package let maximum: Int
        /// On the [0, 1] scale.
        package let mean: Double
        package let standardDeviation: Double
    }

    package let shape: [Int]
    package let channels: [Channel]
    /// How many of the highest bits are in use: the others are zero in every sample.
    package let bits: Int

    /// Looks at every sample of `file`.
    package init(of file: IDXFile) {
        shape = file.shape
        let channelCount = file.shape.count == 4 ? file.shape[3] : 1
        var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: channelCount)
        for index in 0..<file.count {
            file.withItem(index) { bytes in
                Self.count(bytes, into: &histograms)
            }
        }
        channels = histograms.compactMap(Channel.init)
        let used = histograms.reduce(into: 0) { used, histogram in
            for (value, count) in histogram.enumerated() where count > 0 { used |= value }
        }
        bits = used == 0 ? 0 : 8 - used.trailingZeroBitCount
    }

    private static func count(_ bytes: UnsafeRawBufferPointer, into histograms: inout [[Int]]) {
        let step = histograms.count
        for channel in 0..<step {
            histograms[channel].withUnsafeMutableBufferPointer { histogram in
                var index = channel
                while index < bytes.count {
                    histogram[Int(bytes[index])] += 1
                    index += step
                }
            }
        }
    }
}

extension DatasetStatistics.Channel {
    /// What a histogram of 256 levels says; nil when it is empty.
    fileprivate init?(_ histogram: [Int]) {
        let total = Double(histogram.reduce(0, +))
        guard let minimum = histogram.firstIndex(where: { $0 > 0 }),
            let maximum = histogram.lastIndex(where: { $0 > 0 })
        else { return nil }
        let levels = histogram.enumerated().map { (Double($0.offset) / 255, Double($0.element)) }
        let mean = levels.reduce(0) { $0 + $1.0 * $1.1 } / total
        let variance = levels.reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
        self.init(
            minimum: minimum, maximum: maximum, mean: mean,
            standardDeviation: variance.squareRoot())
    }
}
