import Arrays

/// Compares files with what a manifest says about them.
package struct DatasetVerification: Sendable {
    /// What was found out about one file.
    package struct Finding: Codable, Equatable, Sendable {
        package let file: String
        /// What is wrong; nil when the file is as it should be.
        package let problem: String?
    }

    package let manifest: DatasetManifest
    private let folder: String
    private let files: [DatasetManifest.File]

    /// Prepares to verify what is at `path`: a manifest with all its files, or one IDX file,
    /// whose manifest is beside it.
    ///
    /// - Throws: `DatasetError` when there is no manifest, or it does not name the file.
    package init(of path: String) throws(DatasetError) {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        folder = String(path[..<slash])
        if path.hasSuffix(".json") {
            manifest = try DatasetManifest(reading: path)
            files = manifest.files
        } else {
            let name = String(path[slash...])
            manifest = try Self.manifest(of: path, named: name)
            files = manifest.files.filter { $0.file == name }
        }
    }

    /// Reads the files again, and the sources as well if asked to.
    package func findings(includingSources: Bool = false) -> [Finding] {
        let files = files.map { file in
            Finding(
                file: file.file,
                problem: problem { () throws(ArrayError) in
                    try check(file)
                })
        }
        guard includingSources else { return files }
        return files
            + manifest.sources.map { source in
                Finding(
                    file: source.path,
                    problem: problem { () throws(DatasetError) in
                        let digest = try SourceKind.source(at: source.path).digest()
                        return Self.difference(digest, source.sha256)
                    })
            }
    }

    private func check(_ file: DatasetManifest.File) throws(ArrayError) -> String? {
        let path = folder + file.file
        let input = try InputFile(path)
        guard input.size == file.bytes else {
            return "has \(input.size) bytes, not \(file.bytes)"
        }
        if let difference = Self.difference(try SHA256.hexadecimal(of: input), file.sha256) {
            return difference
        }
        let shape = try IDXFile(reading: path).shape
        return shape == file.shape ? nil : "its shape is \(shape), not \(file.shape)"
    }

    private static func difference(_ found: String, _ expected: String) -> String? {
        found == expected ? nil : "its SHA-256 is \(found), not \(expected)"
    }

    /// What `check` returns or throws, as text.
    private func problem<Failure: Error & CustomStringConvertible>(
        _ check: () throws(Failure) -> String?
    ) -> String? {
        do throws(Failure) {
            return try check()
        } catch {
            return error.description
        }
    }

    /// The first manifest beside `path` that names it.
    private static func manifest(
        of path: String, named name: String
    ) throws(DatasetError) -> DatasetManifest {
        let candidates = DatasetFiles.manifestCandidates(of: path)
        for candidate in candidates where InputFile.exists(candidate) {
            let manifest = try DatasetManifest(reading: candidate)
            if manifest.files.contains(where: { $0.file == name }) { return manifest }
        }
        // The file itself comes first: without it no manifest would help.
        _ = try wrappingArrayError { () throws(ArrayError) in try InputFile(path) }
        throw DatasetError(
            .manifest("has no manifest beside it (\(candidates.joined(separator: " or ")))"),
            in: path)
    }
}
