extension ModelDescription {
    /// What an unfolded network was trained for.
    package struct Restoration: Codable, Sendable, Equatable {
        /// The measurement in the words of a job, as JSON on one line.
        package var forward: String
        /// The noise in the words of a job, as JSON on one line.
        package var noise: String
        /// Of validation pictures and what it restores of them, in dB.
        package var psnr: Double?

        package init(forward: String, noise: String, psnr: Double?) {
            self.forward = forward
            self.noise = noise
            self.psnr = psnr
        }
    }
}
