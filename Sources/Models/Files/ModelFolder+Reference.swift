import Arrays
import Foundation

extension ModelFolder {
    /// What the model says of the pictures that it knows; nil where nobody has looked, or at
    /// other weights.
    ///
    /// - Throws: `ModelError` when it is there and cannot be read.
    package func reference() throws(ModelError) -> PictureReference? {
        let name = PictureReference.fileName
        guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else {
            return nil
        }
        let reference: PictureReference
        do {
            reference = try JSONDecoder().decode(PictureReference.self, from: data)
        } catch {
            throw ModelError(folder: path, .unreadable(name, why: Self.reason(for: error)))
        }
        if let mistake = reference.mistake {
            throw ModelError(folder: path, .unreadable(name, why: mistake))
        }
        return reference.weights == description.weights.sha256 ? reference : nil
    }

    /// Writes `reference` beside the weights, instead of an older one.
    ///
    /// - Throws: `ArrayError` when it cannot be written.
    package func write(_ reference: PictureReference) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try OutputFile.write(
            [UInt8](encoder.encode(reference)) + [10], to: "\(path)/\(PictureReference.fileName)")
    }
}
