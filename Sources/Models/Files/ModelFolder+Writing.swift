package import Arrays
import Foundation

extension ModelFolder {
    /// Writes weights, description and card; the description, which names the digests of the
    /// weights, comes after them and says how many parameters there are.
    ///
    /// - Throws: `ArrayError` when a file cannot be written or the weights are no real numbers.
    package static func write(
        _ description: ModelDescription, weights: [String: HostArray], card: String,
        to path: String, storage: WeightStorage = WeightStorage()
    ) throws {
        try FolderEntry.makeFolder(path)
        let shards = try storage.shards(of: weights)
        var complete = description
        complete.weights.files = []
        for (name, file) in shards.files {
            let bytes = file.serialized()
            complete.weights.files.append(.init(file: name, sha256: SHA256.hexadecimal(of: bytes)))
            try OutputFile.write(bytes, to: "\(path)/\(name)")
        }
        if let index = shards.index {
            try OutputFile.write([UInt8](index.text.utf8), to: "\(path)/\(indexFile)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try OutputFile.write(
            [UInt8](encoder.encode(complete)) + [10], to: "\(path)/\(descriptionFile)")
        try OutputFile.write([UInt8](card.utf8), to: "\(path)/\(cardFile)")
    }
}
