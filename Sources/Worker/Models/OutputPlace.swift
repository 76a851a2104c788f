import Arrays

/// The file that a command writes.
package struct OutputPlace: Sendable {
    package let path: String

    /// The file at `path`, which must be new unless `isReplacing`, and none of `inputs`.
    ///
    /// - Throws: `ModelCommandError` when a file would be lost.
    package init(
        _ path: String, isReplacing: Bool, inputs: [String] = []
    ) throws(ModelCommandError) {
        guard !inputs.contains(where: { InputFile.isSame($0, path) }) else {
            throw ModelCommandError(.isInput, in: path)
        }
        guard isReplacing || !InputFile.exists(path) else {
            throw ModelCommandError(.exists, in: path)
        }
        self.path = path
    }
}
