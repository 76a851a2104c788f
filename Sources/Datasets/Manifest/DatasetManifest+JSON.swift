import Arrays
import FoundationEssentials

extension DatasetManifest {
    private static let maximumByteCount = 64 << 20

    /// The manifest as JSON, the same for equal manifests.
    ///
    /// - Throws: `DatasetError` when it cannot be encoded.
    package func json() throws(DatasetError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        } catch {
            throw DatasetError(.manifest("cannot be encoded: \(error)"), in: name)
        }
    }

    /// Reads the manifest at `path`.
    ///
    /// - Throws: `DatasetError` when it cannot be read or is not a manifest of this version.
    package init(reading path: String) throws(DatasetError) {
        let bytes = try wrappingArrayError { () throws(ArrayError) in
            let file = try InputFile(path)
            guard file.size <= Self.maximumByteCount else {
                throw ArrayError(.unsupported("is too large for a manifest"), in: path)
            }
            return try file.contents()
        }
        do {
            self = try JSONDecoder().decode(DatasetManifest.self, from: Data(bytes))
        } catch {
            throw DatasetError(.manifest("is not the manifest of a data set"), in: path)
        }
        guard version == Self.currentVersion else {
            throw DatasetError(
                .manifest("has version \(version); this program reads \(Self.currentVersion)"),
                in: path)
        }
        guard files.allSatisfy({ !$0.file.contains("/") && !$0.file.isEmpty }) else {
            throw DatasetError(.manifest("names a file that is not beside it"), in: path)
        }
    }
}
