import Arrays
import Foundation
import Jobs

extension StagedFolder {
    /// Writes the manifest of all that is there.
    ///
    /// - Throws: `ArrayError` when a file cannot be read or written.
    func writeManifest(job: String, id: String) throws {
        let entries = try files().sorted().map { path in
            let file = try InputFile("\(staging)/\(path)")
            return ResultManifest.Entry(
                path: path, sha256: try SHA256.hexadecimal(of: file), bytes: file.size)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let manifest = ResultManifest(job: job, id: id, files: entries)
        let bytes = [UInt8](try encoder.encode(manifest)) + [UInt8(ascii: "\n")]
        try OutputFile.write(bytes, to: "\(staging)/\(ResultManifest.fileName)")
    }

    /// Every file beneath it.
    private func files() throws(ArrayError) -> [String] {
        var found: [String] = []
        var waiting = [""]
        while let folder = waiting.popLast() {
            for entry in try FolderEntry.all(in: "\(staging)/\(folder)") {
                let path = folder + entry.name
                if entry.isFolder { waiting.append(path + "/") } else { found.append(path) }
            }
        }
        return found
    }
}
