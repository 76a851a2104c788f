import Tensors

/// The room that memory has for the weights of a model.
package struct ModelRoom: Equatable, Sendable {
    /// The folder of the model.
    package let folder: String
    /// The size of the weights on disk.
    package let bytes: Int
    /// What memory was free before they were read; nil when nobody knows.
    package let freeBytes: Int?

    package init(folder: String, bytes: Int, freeBytes: Int?) {
        self.folder = folder
        self.bytes = bytes
        self.freeBytes = freeBytes
    }

    /// What `load` makes of the weights.
    ///
    /// It is tried however little is free: what the system counts as taken may be files that it only
    /// keeps as long as nobody needs their room.
    ///
    /// - Throws: `ModelError` when memory is short, and what `load` throws.
    package func load<Model>(_ load: () throws -> Model) throws -> Model {
        do {
            return try load()
        } catch {
            guard error.isMemoryShortage else { throw error }
            throw ModelError(folder: folder, .memory(self))
        }
    }

    /// What does not fit.
    var problem: String {
        let free = freeBytes.map { ", of which \(Self.megabytes($0)) MB were free" } ?? ""
        return "its weights have \(Self.megabytes(max(bytes, 1 << 17))) MB, and they and what is "
            + "made of them do not fit into memory\(free)"
    }

    /// With one decimal, as models are small.
    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10) >> 20
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension ModelFolder {
    /// The room for the weights where so much memory is free.
    ///
    /// - Throws: `ModelError` when a file of them is missing or cannot be read.
    package func room(freeBytes: Int?) throws(ModelError) -> ModelRoom {
        ModelRoom(folder: path, bytes: try weightsByteCount(), freeBytes: freeBytes)
    }
}
