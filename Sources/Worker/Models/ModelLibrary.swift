import Arrays
import Jobs
package import Models
import Pipeline

/// The folders in which installed models are looked for.
package struct ModelLibrary: Sendable {
    /// A folder that is a model, or was to be one.
    package struct Place: Equatable, Sendable {
        package let name: String
        package let path: String
    }

    /// In the order in which they are searched.
    package let folders: [String]

    package init(_ folders: [String]) {
        self.folders = folders
    }

    /// The model that a user calls `name`: a folder in one of the library's, or a path.
    ///
    /// - Throws: `PipelineError` when there is none, `ModelError` when it cannot be used.
    package func model(_ name: String) throws -> ModelFolder {
        let places = PathPolicy.user(datasets: [], models: folders)
            .candidates(for: FileReference(.model, name), jobFolder: "")
        guard let place = places.first(where: InputFile.exists) else {
            throw PipelineError(
                .missing(
                    kind: "model",
                    remedy: "sluice model list shows what is installed; "
                        + "or give the path of its folder, with a slash in it"),
                in: name)
        }
        return try ModelFolder(reading: place)
    }

    /// Every model, by name in every folder; of several with one name the one that is meant.
    package var places: [Place] {
        var names: Set<String> = []
        return folders.flatMap { folder in
            // A folder that is not there has no models.
            let entries = (try? FolderEntry.all(in: folder)) ?? []
            return entries.map(\.name).sorted()
                .map { Place(name: $0, path: Self.join(folder, $0)) }
                .filter { $0.isModel && names.insert($0.name).inserted }
        }
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}

extension ModelLibrary.Place {
    /// Whether it has a description, or at least weights; a training's folder has those too.
    fileprivate var isModel: Bool {
        guard !name.hasPrefix("."), !name.hasSuffix(".training") else { return false }
        if InputFile.exists("\(path)/\(ModelFolder.descriptionFile)") { return true }
        // What is no folder has no files.
        let files = (try? FolderEntry.all(in: path)) ?? []
        return files.contains { $0.name.hasSuffix(".safetensors") }
    }
}
