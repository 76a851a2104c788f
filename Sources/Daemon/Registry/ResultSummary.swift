/// What people want to know of `result.json` first.
package struct ResultSummary: Codable, Equatable, Sendable {
    package struct Picture: Codable, Equatable, Sendable {
        package var name: String
        package var psnr: Double?
        /// What its owner should know, such as that it does not look like what the model knows.
        package var warnings: [String]?
    }

    package struct Mean: Codable, Equatable, Sendable {
        package var psnr: Double?
        package var ssim: Double?
        package var inputPSNR: Double?

        private enum CodingKeys: String, CodingKey {
            case psnr, ssim
            case inputPSNR = "psnr_input"
        }
    }

    package struct Model: Codable, Equatable, Sendable {
        package var name: String
    }

    package var started: String?
    package var finished: String?
    package var seconds: Double?
    package var device: String?
    package var model: Model?
    package var images: [Picture]
    package var mean: Mean?
    /// What is to be known of the job as a whole.
    package var warnings: [String]?

    /// All warnings, those of pictures with their names.
    package var allWarnings: [String] {
        (warnings ?? [])
            + images.flatMap { image in
                (image.warnings ?? []).map { "\(image.name): \($0)" }
            }
    }
}
