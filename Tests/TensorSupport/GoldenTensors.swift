package import Arrays
package import Foundation
package import Tensors
import TestSupport

/// The tensors of a reference file in `Tests/Goldens`, by name.
package struct GoldenTensors {
    package let path: String
    private let arrays: [String: HostArray]

    /// The NPZ file `Tests/Goldens/<path>`.
    package init(_ path: String) throws {
        self.path = path
        arrays = try NPZFile(reading: Golden.url(path).path).arrays
    }

    /// The NPZ file at `url`, wherever it is.
    package init(at url: URL) throws {
        path = url.lastPathComponent
        arrays = try NPZFile(reading: url.path).arrays
    }

    /// All names, sorted.
    package var names: [String] { arrays.keys.sorted() }

    /// The tensor `name`.
    package subscript(name: String) -> Tensor {
        get throws {
            guard let array = arrays[name] else {
                throw TorchError(operation: "golden", message: "\(path) has no \(name)")
            }
            return try Tensor(array)
        }
    }

    /// The tensor `name`, nil when there is none.
    package func tensor(ifPresent name: String) throws -> Tensor? {
        try arrays[name].map { array in try Tensor(array) }
    }

    /// The arrays whose names begin with `prefix`, under the rest of their names.
    package func arrays(under prefix: String) -> [String: HostArray] {
        var found: [String: HostArray] = [:]
        for (name, array) in arrays where name.hasPrefix(prefix) {
            found[String(name.dropFirst(prefix.count))] = array
        }
        return found
    }
}
