/// Named arrays in NumPy's NPZ format: a ZIP archive of NPY files, stored or deflated.
package struct NPZFile: Equatable, Sendable {
    package let arrays: [String: HostArray]

    package init(_ arrays: [String: HostArray]) {
        self.arrays = arrays
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `ArrayError` when it cannot be read, or one of its members is not a valid NPY
    ///   file.
    package init(
        reading path: String, complexNumbers: NPYFile.ComplexNumbers = .refused
    ) throws(ArrayError) {
        let archive = try ZIPArchive(InputFile(path))
        var arrays: [String: HostArray] = [:]
        for entry in archive.entries {
            guard entry.name.hasSuffix(".npy") else {
                throw ArrayError(.unsupported("member \(entry.name) is no NPY file"), in: path)
            }
            let member = try NPYFile(
                parsing: try archive.contents(of: entry), context: "\(path): \(entry.name)",
                complexNumbers: complexNumbers)
            arrays[String(entry.name.dropLast(4))] = member.array
        }
        self.arrays = arrays
    }

    /// Writes the arrays to `path`, stored, sorted by name; whole or not at all.
    ///
    /// - Throws: `ArrayError` when the system fails, and for bfloat16, which the format does
    ///   not know.
    package func write(to path: String) throws(ArrayError) {
        let output = try OutputFile(path)
        var archive = ZIPWriter(output)
        for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
            try archive.append(try NPYFile(array).serialized(), named: "\(name).npy")
        }
        try archive.finish()
        try output.publish()
    }
}
