package import Arrays
import Models

/// One installed model in a line.
package struct ModelListing: Equatable, Sendable {
    /// What a folder that can be read says.
    package struct Facts: Equatable, Sendable {
        package let architecture: String
        /// Channels, height and width.
        package let imageShape: [Int]
        package let bits: Int
        package let bitsPerDimension: Double?
        /// Of a generator, or of what an unfolded network restores, in decibels.
        package let reconstructionPSNR: Double?
        package let parameters: Int
        /// The size of the weights on disk.
        package let bytes: Int
    }

    package let name: String
    package let folder: String
    /// What is wrong with the folder; nil when nothing is.
    package let error: String?
    /// Nil when the folder cannot be read.
    package let facts: Facts?

    /// What the folder of `place` says, without reading its weights.
    package init(_ place: ModelLibrary.Place) {
        name = place.name
        folder = place.path
        do {
            let folder = try ModelFolder(reading: place.path)
            facts = try Facts(folder.description, bytes: folder.weightsByteCount())
            error = nil
        } catch {
            facts = nil
            self.error = "\(error)"
        }
    }

    /// The line as a program reads it.
    package var json: JSONValue {
        JSONValue([
            "name": .string(name), "folder": .string(folder),
            "architecture": JSONValue(facts?.architecture),
            "image_shape": facts.map { JSONValue($0.imageShape) } ?? .null,
            "bits": JSONValue(facts?.bits), "bits_per_dim": JSONValue(facts?.bitsPerDimension),
            "reconstruction_psnr": JSONValue(facts?.reconstructionPSNR),
            "parameters": JSONValue(facts?.parameters), "bytes": JSONValue(facts?.bytes),
            "error": JSONValue(error),
        ])
    }
}

extension ModelListing.Facts {
    fileprivate init(_ description: ModelDescription, bytes: Int) throws {
        self.init(
            architecture: try ArchitectureFacts(description.architecture).name,
            imageShape: description.imageShape, bits: description.bits,
            bitsPerDimension: description.bitsPerDimension,
            reconstructionPSNR: description.reconstructionPSNR ?? description.restoration?.psnr,
            parameters: description.weights.parameters, bytes: bytes)
    }
}
