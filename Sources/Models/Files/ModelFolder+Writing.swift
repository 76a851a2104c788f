package import Arrays
import Foundation

extension ModelFolder {
    /// Writes weights, description and card; the description, which names the weights' digest,
    /// comes after them and says how many parameters there are.
    ///
    /// - Throws: `ArrayError` when a file cannot be written.
    package static func write(
        _ description: ModelDescription, weights: [String: HostArray], card: String,
        to path: String
    ) throws {
        try FolderEntry.makeFolder(path)
        let bytes = SafetensorsFile(tensors: weights).serialized()
        var digest = SHA256()
        digest.update(bytes)
        var complete = description
        complete.weights.file = weightsFile
        complete.weights.sha256 = digest.hexadecimal
        try OutputFile.write(bytes, to: "\(path)/\(weightsFile)")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try OutputFile.write(
            [UInt8](encoder.encode(complete)) + [10], to: "\(path)/\(descriptionFile)")
        try OutputFile.write([UInt8](card.utf8), to: "\(path)/\(cardFile)")
    }
}
