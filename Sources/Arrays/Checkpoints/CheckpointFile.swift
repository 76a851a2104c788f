/// What `torch.save` wrote: tensors and scalars, by the keys on the way to them.
///
/// A state dictionary has its own keys; `{"net": state, "epoch": 7}` has `net.KEY` and `epoch`.
/// Read are the ZIP archive (since PyTorch 1.6) and the stream before it, told apart by their
/// content. Nothing in the file is executed: see `PickleGlobal`.
package struct CheckpointFile: Equatable, Sendable {
    /// Row-major copies, whatever the strides were and whoever shared the storage.
    package let tensors: [String: HostArray]
    /// Truth values, integers of up to 64 bits, numbers and texts.
    package let values: [String: CheckpointValue]

    /// Reads the file at `path`.
    ///
    /// - Throws: `ArrayError` when it cannot be read, is damaged, or holds anything but
    ///   containers, tensors and scalars.
    package init(reading path: String) throws(ArrayError) {
        let file = try InputFile(path)
        let container: any CheckpointContainer =
            switch try CheckpointFormat(of: file) {
            case .archive: try ArchivedCheckpoint(file)
            case .stream: try StreamedCheckpoint(file)
            }
        let leaves = try CheckpointLeaves(of: container.root, in: container.heap, context: path)
        tensors = try TensorLoader(container, file: file).load(leaves.tensors)
        values = leaves.values
    }
}
