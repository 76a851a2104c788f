package import Arrays

extension ModelFolder {
    /// The weights by name, after a check of their digests.
    ///
    /// - Throws: `ModelError` when they are missing, damaged or other ones.
    package func weights() throws(ModelError) -> [String: HostArray] {
        var weights: [String: HostArray] = [:]
        var places: [String: String] = [:]
        for file in description.weights.files {
            let bytes = try contents(of: file)
            let tensors = try reading(file.file) { () throws(ArrayError) in
                try SafetensorsFile(parsing: bytes, context: file.file).tensors
            }
            for (name, tensor) in tensors {
                if let other = places.updateValue(file.file, forKey: name) {
                    throw unreadable(file.file, "the tensor \(name) is in \(other) as well")
                }
                weights[name] = tensor
            }
        }
        if description.weights.files.count > 1 { try checkIndex(places) }
        return weights
    }

    /// The bytes of one file of the weights, after a check of its digest.
    ///
    /// - Throws: `ModelError` when it is missing, cannot be read or is another one.
    package func contents(
        of file: ModelDescription.Weights.File
    ) throws(ModelError) -> [UInt8] {
        let input = try input(file.file)
        let bytes = try reading(file.file) { () throws(ArrayError) in try input.contents() }
        let found = SHA256.hexadecimal(of: bytes)
        guard found == file.sha256 else {
            throw ModelError(
                folder: path, .wrongDigest(file.file, expected: file.sha256, found: found))
        }
        return bytes
    }

    /// The size of the weights on disk, in bytes.
    ///
    /// - Throws: `ModelError` when a file is missing or cannot be read.
    package func weightsByteCount() throws(ModelError) -> Int {
        var total = 0
        for file in description.weights.files { total += try input(file.file).size }
        return total
    }

    /// Checks that the index says of every tensor what is true.
    ///
    /// - Throws: `ModelError` when it is missing, or differs from `places`.
    private func checkIndex(_ places: [String: String]) throws(ModelError) {
        let name = Self.indexFile
        let input = try input(name)
        let index = try reading(name) { () throws(ArrayError) in
            try SafetensorsIndex(parsing: input.contents(), context: name)
        }
        let wrong = Set(index.files.keys).union(places.keys)
            .filter { index.files[$0] != places[$0] }.sorted()
        guard wrong.isEmpty else {
            let names = wrong.prefix(5).joined(separator: ", ")
            throw unreadable(
                name, "it is wrong about \(wrong.count) tensors, for instance \(names)")
        }
    }

    /// The file called `name`, which must be one of this folder.
    private func input(_ name: String) throws(ModelError) -> InputFile {
        let place = "\(path)/\(name)"
        guard SafetensorsIndex.isFileName(name), InputFile.exists(place) else {
            throw ModelError(folder: path, .missingFile(name))
        }
        return try reading(name) { () throws(ArrayError) in try InputFile(place) }
    }

    private func unreadable(_ file: String, _ why: String) -> ModelError {
        ModelError(folder: path, .unreadable(file, why: "\(why); copy the whole folder again"))
    }

    /// What `body` reads from the file called `name`.
    private func reading<Content>(
        _ name: String, _ body: () throws(ArrayError) -> Content
    ) throws(ModelError) -> Content {
        do throws(ArrayError) {
            return try body()
        } catch {
            // The error begins with the name of the file already.
            let why = "\(error)".dropPrefix("\(path)/").dropPrefix("\(name): ")
            throw ModelError(folder: path, .unreadable(name, why: why))
        }
    }
}
