/// How near a restored picture is to the truth; PSNR in dB.
package struct Score: Equatable, Sendable {
    package let psnr: Double
    package let ssim: Double
    /// Of the measurement taken back to a picture; nil where that is no picture.
    package let psnrInput: Double?
    /// On the pixels that the noise covers alone.
    package let psnrCovered: Double?
    package let psnrInputCovered: Double?
    /// Of the noise that was taken out, with 1 as the peak; over the pixels that patches of noise cover
    /// where there are patches.
    package let psnrNoise: Double?

    package init(
        psnr: Double, ssim: Double, psnrInput: Double? = nil, psnrCovered: Double? = nil,
        psnrInputCovered: Double? = nil, psnrNoise: Double? = nil
    ) {
        self.psnr = psnr
        self.ssim = ssim
        self.psnrInput = psnrInput
        self.psnrCovered = psnrCovered
        self.psnrInputCovered = psnrInputCovered
        self.psnrNoise = psnrNoise
    }

    /// By how many dB the result is nearer to the truth than the input was.
    package var gain: Double? { psnrInput.map { psnr - $0 } }
    package var gainCovered: Double? {
        guard let psnrCovered, let psnrInputCovered else { return nil }
        return psnrCovered - psnrInputCovered
    }
}
