import Arrays

/// The files of a data set while they are written.
final class PreparedFiles {
    private let preparation: DatasetPreparation
    private let names: [String?]
    private let writers: [IDXWriter]
    private var used: [String: Int] = [:]
    private var skipped: [DatasetManifest.Skipped] = []

    /// Begins one file for every part, in a folder that is made when it is missing.
    ///
    /// - Throws: `DatasetError` when the folder or a file cannot be created.
    init(_ preparation: DatasetPreparation, itemShape: [Int]) throws(DatasetError) {
        self.preparation = preparation
        names = preparation.partNames
        var writers: [IDXWriter] = []
        for name in names {
            let path = preparation.output.path(part: name)
            writers.append(
                try wrappingArrayError { () throws(ArrayError) in
                    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
                        try FolderEntry.makeFolder(String(path[..<slash]))
                    }
                    return try IDXWriter(path: path, itemShape: itemShape)
                })
        }
        self.writers = writers
    }

    /// Appends the pictures of a batch to their parts.
    ///
    /// - Throws: `DatasetError` when the system fails.
    func append(_ batch: PreparedBatch) throws(DatasetError) {
        for (part, block) in batch.blocks {
            try wrappingArrayError { () throws(ArrayError) in try writers[part].append(block) }
        }
        used.merge(batch.used, uniquingKeysWith: +)
        skipped += batch.skipped
    }

    /// Completes all files, gives them their names and writes the manifest, which is returned.
    ///
    /// - Throws: `DatasetError` when the system fails or a part is empty.
    func publish(
        plan: PreparationPlan, digests: [String]
    ) throws(DatasetError) -> DatasetManifest {
        var files: [DatasetManifest.File] = []
        for (name, writer) in zip(names, writers) {
            files.append(try complete(writer, part: name))
        }
        let manifest = DatasetManifest(
            version: DatasetManifest.currentVersion, name: preparation.output.name, files: files,
            sources: zip(plan.sources, zip(plan.parts, digests)).map { source, details in
                DatasetManifest.Source(
                    path: source.path, kind: source.kind, sha256: details.1,
                    pictures: details.0.count, used: used[source.path] ?? 0)
            },
            settings: DatasetSettings(preparation), skipped: skipped,
            software: preparation.software)
        let json = try manifest.json()
        try wrappingArrayError { () throws(ArrayError) in
            for writer in writers { try writer.publish() }
            try OutputFile.write(json, to: preparation.output.manifestPath)
        }
        return manifest
    }

    private func complete(
        _ writer: IDXWriter, part: String?
    ) throws(DatasetError) -> DatasetManifest.File {
        let name = preparation.output.fileName(part: part)
        guard writer.count > 0 else {
            throw DatasetError(.pictures("not one picture could be used"), in: name)
        }
        let (size, digest) = try wrappingArrayError { () throws(ArrayError) in
            try writer.finish()
        }
        return DatasetManifest.File(
            file: name, part: part, shape: [writer.count] + writer.layout.itemShape, bytes: size,
            sha256: digest)
    }
}
