package import Arrays
package import Models

/// All that can be said about a model.
package struct ModelSummary {
    let folder: ModelFolder
    let architecture: ArchitectureFacts
    let latentShapes: [[Int]]
    let memory: ModelMemory
    let hasDensity: Bool
    /// The sizes of the files of the weights, in bytes.
    let sizes: [Int]

    var description: ModelDescription { folder.description }

    /// Loads the model in `folder`, and measures one iteration of MAP.
    ///
    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    package init(_ folder: ModelFolder) throws {
        self.folder = folder
        architecture = try ArchitectureFacts(folder.description.architecture)
        sizes = try folder.description.weights.files.map { try folder.contents(of: $0).count }
        let numbers = try folder.weights().values.reduce(0) { $0 + $1.count }
        let model = try folder.loaded()
        latentShapes = model.latentShapes
        hasDensity = model.flow != nil
        memory = try ModelMemory(of: model, numbers: numbers)
    }

    /// What `model.json` says, and what was found out besides.
    ///
    /// - Throws: what encoding throws.
    package func json() throws -> JSONValue {
        let described = try JSONValue(encoding: description).members ?? []
        let files = zip(description.weights.files, sizes).map { file, size in
            JSONValue([
                "file": .string(file.file), "sha256": .string(file.sha256),
                "bytes": JSONValue(size),
            ])
        }
        let head = CardHead(folder.card)
        let found = JSONValue([
            "folder": .string(folder.path), "density": .bool(hasDensity),
            "latents": .array(latentShapes.map { JSONValue($0) }),
            "parameters": JSONValue(description.weights.parameters), "files": .array(files),
            "memory": JSONValue([
                "weights_bytes": JSONValue(memory.weights),
                "map_iteration_bytes": JSONValue(memory.iteration),
            ]),
            "terms": .string(head.terms), "introduction": .string(head.introduction),
        ])
        return .object(described + (found.members ?? []))
    }
}
