/// Where the files of a data set are, from the name that the user gives them.
///
///     DIR/NAME.idx.gz  →  DIR/NAME.idx.gz or DIR/NAME-PART.idx.gz, and DIR/NAME.json
package struct DatasetFiles: Equatable, Sendable {
    /// NAME.
    package let name: String
    private let folder: String
    private let suffix: String

    private static let suffixes = [".idx.gz", ".idx"]

    /// Reads a path that ends in `.idx.gz` or `.idx`.
    ///
    /// - Throws: `DatasetError` for any other path.
    package init(output path: String) throws(DatasetError) {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let last = path[start...]
        guard let suffix = Self.suffixes.first(where: { last.hasSuffix($0) }),
            last.count > suffix.count
        else {
            throw DatasetError(
                .setting("\(path) must end in .idx.gz, or in .idx for a file that is not gzipped"),
                in: "output")
        }
        name = String(last.dropLast(suffix.count))
        folder = String(path[..<start])
        self.suffix = suffix
    }

    package var manifestPath: String { "\(folder)\(name).json" }

    /// The file name of a part, or of a data set that is not divided.
    package func fileName(part: String?) -> String {
        part.map { "\(name)-\($0)\(suffix)" } ?? name + suffix
    }

    /// The path of a part, or of a data set that is not divided.
    package func path(part: String?) -> String { folder + fileName(part: part) }

    /// Where the manifest of the IDX file at `path` may be: the file may be one of several parts.
    package static func manifestCandidates(of path: String) -> [String] {
        guard let files = try? DatasetFiles(output: path) else { return [] }
        var candidates = [files.manifestPath]
        var name = files.name[...]
        while let dash = name.lastIndex(of: "-") {
            name = name[..<dash]
            if !name.isEmpty { candidates.append("\(files.folder)\(name).json") }
        }
        return candidates
    }
}
