/// What people want to know of `result.json` first.
package struct ResultSummary: Codable, Equatable, Sendable {
    package struct Picture: Codable, Equatable, Sendable {
        package var name: String
        package var psnr: Double?
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
    /// What the owner of the pictures should know, such as that they do not look like what the model
    /// knows.
    package var warnings: [String]?
}
