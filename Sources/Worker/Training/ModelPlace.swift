import Arrays
import Glibc
import Models
import Training

/// Where a model goes: a folder that is new or empty, or holds an older model and nothing else.
struct ModelPlace {
    /// Without slashes at its end.
    let path: String

    /// The place at `path`.
    ///
    /// - Throws: `SessionError` when a folder there has no name by which it could be replaced.
    init(_ path: String) throws(SessionError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let name = path.split(separator: "/").last, name != ".", name != ".." else {
            throw SessionError(.hasNoName, folder: path)
        }
        self.path = path
    }

    /// Checks that a model can be put there and nothing but an older one would be lost.
    ///
    /// - Throws: `SessionError` that names what is in the way, or `ArrayError` when the folder
    ///   cannot be read.
    func check() throws {
        if let obstacle { throw SessionError(.isNoFolder, folder: obstacle) }
        guard FolderEntry.isFolder(behind: path) else { return }
        if let foreign = try foreignName() {
            throw SessionError(.holdsOthers(foreign), folder: path)
        }
    }

    /// What stands in the place of the folder or of one above it and is no folder.
    private var obstacle: String? {
        var place = path
        while !place.isEmpty {
            var status = stat()
            if lstat(place, &status) == 0 {
                return FolderEntry.isFolder(behind: place) ? nil : place
            }
            guard let slash = place.lastIndex(of: "/") else { return nil }
            place = String(place[..<slash])
        }
        return nil
    }

    /// What the folder holds and no model has; nil when it is empty or holds a model.
    private func foreignName() throws(ArrayError) -> String? {
        let entries = try FolderEntry.all(in: path).sorted { $0.name < $1.name }
        if let foreign = entries.first(where: { $0.isFolder || !Self.isOfModel($0.name) }) {
            return foreign.name
        }
        guard let first = entries.first?.name else { return nil }
        // Others write weights and cards too: only a description that can be read is ours.
        if (try? ModelFolder(reading: path)) != nil { return nil }
        let description = entries.first { $0.name == ModelFolder.descriptionFile }
        return description?.name ?? first
    }

    private static func isOfModel(_ name: String) -> Bool {
        names.contains(name) || name.hasSuffix(".safetensors")
    }

    private static let names: Set<String> = [
        ModelFolder.descriptionFile, ModelFolder.cardFile, SampleSheet.fileName,
        TrainingRun.logFile,
        ModelFolder.indexFile,
    ]
}
