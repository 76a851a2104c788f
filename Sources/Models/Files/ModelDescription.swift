/// What `model.json` says: everything about a model but its weights.
package struct ModelDescription: Codable, Sendable, Equatable {
    /// How a model was trained.
    package struct Training: Codable, Sendable, Equatable {
        /// The SHA-256 of every training file, by name.
        package var data: [String: String]
        package var steps: Int
        package var picturesSeen: Int
        package var seconds: Double

        package init(data: [String: String], steps: Int, picturesSeen: Int, seconds: Double) {
            self.data = data
            self.steps = steps
            self.picturesSeen = picturesSeen
            self.seconds = seconds
        }

        enum CodingKeys: String, CodingKey {
            case data, steps, seconds
            case picturesSeen = "pictures_seen"
        }
    }

    package var version: Int
    package var name: String
    package var architecture: Architecture
    /// Channels, height and width of a picture.
    package var imageShape: [Int]
    /// The depth of the pictures that the model was trained on.
    package var bits: Int
    /// What the pictures show where there is no noise, when they are pictures of noise.
    package var noiseZero: NoiseZero?
    /// On validation pictures, with uniform dequantisation.
    package var bitsPerDimension: Double?
    /// Of validation pictures and the nearest that a generator without density can make, in dB.
    package var reconstructionPSNR: Double?
    /// What an unfolded network restores, and how well.
    package var restoration: Restoration?
    /// Mean and standard deviation of log p over validation pictures, in nats.
    package var validationLogLikelihood: [Double]?
    package var training: Training?
    /// Where the weights came from, when another program trained them.
    package var origin: Origin?
    package var weights: Weights
    package var software: String

    package init(
        name: String, architecture: Architecture, imageShape: [Int], bits: Int,
        noiseZero: NoiseZero? = nil,
        bitsPerDimension: Double?, reconstructionPSNR: Double? = nil,
        restoration: Restoration? = nil, validationLogLikelihood: [Double]? = nil,
        training: Training?, origin: Origin? = nil,
        weights: Weights, software: String
    ) {
        version = 1
        self.name = name
        self.architecture = architecture
        self.imageShape = imageShape
        self.bits = bits
        self.noiseZero = noiseZero
        self.bitsPerDimension = bitsPerDimension
        self.reconstructionPSNR = reconstructionPSNR
        self.restoration = restoration
        self.validationLogLikelihood = validationLogLikelihood
        self.training = training
        self.origin = origin
        self.weights = weights
        self.software = software
    }

    enum CodingKeys: String, CodingKey {
        case version, name, architecture, bits, restoration, training, origin, weights, software
        case imageShape = "image_shape"
        case noiseZero = "noise_zero"
        case bitsPerDimension = "bits_per_dim"
        case reconstructionPSNR = "reconstruction_psnr"
        case validationLogLikelihood = "validation_log_likelihood"
    }
}
