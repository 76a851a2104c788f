extension Report {
    /// The mean score, of each number over the pictures that have it; nil when none has a score.
    package var mean: Score? { Self.mean(of: images) }

    /// The mean score of `images`.
    static func mean(of images: [ImageReport]) -> Score? {
        let scores = images.compactMap(\.score)
        guard let psnr = mean(scores.map(\.psnr)), let ssim = mean(scores.map(\.ssim))
        else { return nil }
        return Score(
            psnr: psnr, ssim: ssim, psnrInput: mean(scores.compactMap(\.psnrInput)),
            psnrCovered: mean(scores.compactMap(\.psnrCovered)),
            psnrInputCovered: mean(scores.compactMap(\.psnrInputCovered)),
            psnrNoise: mean(scores.compactMap(\.psnrNoise)))
    }

    /// The arithmetic mean; nil of nothing.
    static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
