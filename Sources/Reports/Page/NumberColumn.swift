/// A column of the table of numbers: one number of every picture.
struct NumberColumn {
    let title: String
    let value: (ImageReport) -> Double?
    let text: (Double) -> String

    /// The columns in which at least one picture of `report` has a number.
    static func columns(for report: Report) -> [NumberColumn] {
        all.filter { column in report.images.contains { column.value($0) != nil } }
    }

    private static var all: [NumberColumn] {
        [
            NumberColumn(title: "PSNR input, dB", value: { $0.score?.psnrInput }) { $0.fixed(2) },
            NumberColumn(title: "PSNR, dB", value: { $0.score?.psnr }) { $0.fixed(2) },
            NumberColumn(title: "Gain, dB", value: { $0.score?.gain }) { $0.signed(2) },
            NumberColumn(title: "Covered input, dB", value: { $0.score?.psnrInputCovered }) {
                $0.fixed(2)
            },
            NumberColumn(title: "Covered, dB", value: { $0.score?.psnrCovered }) { $0.fixed(2) },
            NumberColumn(title: "SSIM", value: { $0.score?.ssim }) { $0.fixed(3) },
            NumberColumn(title: "Noise, dB", value: { $0.score?.psnrNoise }) { $0.fixed(2) },
            NumberColumn(title: "β found", value: { $0.betaFound }) { $0.significant(3) },
            NumberColumn(title: "Objective", value: { $0.objective }) { $0.significant(5) },
            NumberColumn(title: "Log-likelihood, nats", value: { $0.logLikelihood }) {
                $0.fixed(1)
            },
            NumberColumn(title: "Bits/dim", value: { $0.bitsPerDim }) { $0.fixed(2) },
            NumberColumn(title: "Noise log-likelihood, nats", value: { $0.noise.logLikelihood }) {
                $0.fixed(1)
            },
            NumberColumn(title: "Noise bits/dim", value: { $0.noise.bitsPerDim }) { $0.fixed(2) },
            NumberColumn(title: "Left over", value: { $0.noise.remainder }) { $0.significant(2) },
            NumberColumn(title: "Prior quantile", value: { $0.standing?.prior }) { $0.fixed(3) },
            NumberColumn(title: "Latent quantile", value: { $0.standing?.latents }) {
                $0.fixed(3)
            },
            NumberColumn(title: "Noise quantile", value: { $0.standing?.noise }) { $0.fixed(3) },
            NumberColumn(title: "Iterations", value: { Double($0.iterations) }) {
                $0.fixed($0 == $0.rounded() ? 0 : 1)
            },
            NumberColumn(title: "Time", value: { $0.seconds }) { $0.duration },
        ]
    }
}
