package import Foundation

/// The reference files in `Tests/Goldens`, written by other programs.
package enum Golden {
    /// The file `Tests/Goldens/<path>`.
    package static func url(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Goldens").appending(path: path)
    }

    /// The names of the files in the folder `Tests/Goldens/<path>`, sorted.
    package static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url(path).path).sorted()
    }

    /// The JSON file `Tests/Goldens/<path>` as a `Value`.
    package static func decoded<Value: Decodable>(
        _ path: String, as type: Value.Type = Value.self
    ) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url(path)))
    }
}
