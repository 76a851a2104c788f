import Arrays
import Foundation
import TensorSupport
import TestSupport

/// A folder with weights of another program and what it computes with them, too large to be kept
/// here; `SLUICE_DATA` says where they are.
struct PublishedGolden {
    /// Where the folders of all programs are, nil when there are none on this machine.
    static let root = ProcessInfo.processInfo.environment["SLUICE_DATA"].map {
        URL(filePath: $0).deletingLastPathComponent().appending(path: "goldens")
    }

    let folder: URL

    /// The folder `name` of the program `family`.
    init(_ family: String, _ name: String) throws {
        guard let root = Self.root else { throw CocoaError(.fileNoSuchFile) }
        folder = root.appending(path: family).appending(path: name)
    }

    /// The tensors of a checkpoint.
    func checkpoint(_ file: String) throws -> [String: HostArray] {
        try CheckpointFile(reading: folder.appending(path: file).path).tensors
    }

    /// The arrays of an NPZ file.
    func arrays(_ file: String) throws -> GoldenTensors {
        try GoldenTensors(at: folder.appending(path: file))
    }

    /// A JSON file.
    func json(_ file: String) throws -> JSONValue {
        let data = try Data(contentsOf: folder.appending(path: file))
        return try JSONValue(parsing: String(decoding: data, as: UTF8.self), context: file)
    }
}
