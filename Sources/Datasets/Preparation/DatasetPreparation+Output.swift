import Arrays

extension DatasetPreparation {
    /// The names of the parts; nil for a data set that is not divided.
    var partNames: [String?] { split?.parts.map(\.name) ?? [nil] }

    /// Checks that no file would be lost that the user wants to keep.
    ///
    /// - Throws: `DatasetError` when a file of the data set is a source as well, or exists and is
    ///   not to be replaced.
    func checkOutput() throws(DatasetError) {
        let paths = partNames.map { output.path(part: $0) } + [output.manifestPath]
        for path in paths {
            guard !sources.contains(where: { InputFile.isSame($0, path) }) else {
                throw DatasetError(.setting("\(path) is a source as well"), in: "output")
            }
            guard existingFiles == .replace || !InputFile.exists(path) else {
                throw DatasetError(.exists, in: path)
            }
        }
    }
}
