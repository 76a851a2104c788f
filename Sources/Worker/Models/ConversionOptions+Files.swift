package import Arrays
import Foundation
package import Models

extension ConversionOptions {
    /// Reads `configs.json` beside the checkpoint at `source`, when there is one.
    ///
    /// - Throws: `ArrayError` when it is no JSON.
    package mutating func readConfiguration(beside source: String) throws {
        let path = URL(filePath: source).deletingLastPathComponent()
            .appending(path: "configs.json").path
        guard InputFile.exists(path) else { return }
        configuration = try Self.json(at: path)
    }

    /// Reads the names of our tensors by theirs.
    ///
    /// - Throws: `ArrayError` when the file cannot be read, `ModelCommandError` when it is no such
    ///   map.
    package mutating func readMap(at path: String) throws {
        guard let members = try Self.json(at: path).members else {
            throw ModelCommandError(.noMap, in: path)
        }
        var names: [String: String] = [:]
        for member in members {
            guard let name = member.value.string else {
                throw ModelCommandError(.noMap, in: path)
            }
            names[member.name] = name
        }
        map = names
    }

    /// Reads pictures that the model should like, `[count, channel, height, width]` in [0, 1].
    ///
    /// - Throws: `ArrayError` when the file cannot be read.
    package mutating func readProbes(at path: String) throws {
        probes = try NPYFile(reading: path).array
    }

    /// The JSON in a file.
    ///
    /// - Throws: `ArrayError` when it cannot be read.
    package static func json(at path: String) throws -> JSONValue {
        let bytes = try InputFile(path).contents()
        return try JSONValue(parsing: String(decoding: bytes, as: UTF8.self), context: path)
    }
}
