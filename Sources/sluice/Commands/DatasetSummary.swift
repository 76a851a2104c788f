import Datasets

/// What the data set commands print for people.
enum DatasetSummary {
    /// One line for every file, and one for what was skipped.
    static func lines(_ manifest: DatasetManifest) -> [String] {
        var lines = manifest.files.map { file in
            "\(file.file)  \(pictures(file.shape))  \(size(file.bytes))"
        }
        if !manifest.skipped.isEmpty { lines.append("\(manifest.skipped.count) skipped") }
        return lines
    }

    static func lines(_ statistics: DatasetStatistics) -> [String] {
        var lines = [pictures(statistics.shape)]
        for (index, channel) in statistics.channels.enumerated() {
            lines.append(
                "channel \(index): \(channel.minimum) to \(channel.maximum), "
                    + "mean \(rounded(channel.mean)), "
                    + "standard deviation \(rounded(channel.standardDeviation))")
        }
        lines.append("\(statistics.bits) bits in use")
        return lines
    }

    /// A shape as people say it: count, then width by height.
    private static func pictures(_ shape: [Int]) -> String {
        switch shape.count {
        case 3: "\(shape[0]) pictures of \(shape[2])x\(shape[1])"
        case 4: "\(shape[0]) pictures of \(shape[2])x\(shape[1]), \(shape[3]) channels"
        default: "\(shape[0]) items of shape \(Array(shape.dropFirst()))"
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) >> 10) KiB" : "\((bytes + 1 << 20 - 1) >> 20) MiB"
    }

    private static func rounded(_ value: Double) -> String {
        String((value * 10000).rounded() / 10000)
    }
}
