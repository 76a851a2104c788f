extension Report {
    /// The mean score, of each number over the pictures that have it; nil when none has a score.
    package var mean: Score? {
        let scores = images.compactMap(\.score)
        guard let psnr = Self.mean(scores.map(\.psnr)), let ssim = Self.mean(scores.map(\.ssim))
        else { return nil }
        return Score(
            psnr: psnr, ssim: ssim, psnrInput: Self.mean(scores.compactMap(\.psnrInput)),
            psnrCovered: Self.mean(scores.compactMap(\.psnrCovered)),
            psnrInputCovered: Self.mean(scores.compactMap(\.psnrInputCovered)),
            psnrNoise: Self.mean(scores.compactMap(\.psnrNoise)))
    }

    /// The arithmetic mean; nil of nothing.
    static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
